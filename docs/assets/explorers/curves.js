// Three probabilities along T, and the average logit, which says which way the middle one goes.
import { Explorer, digits, html, placeOf, row, short, softmax, sum, svg, table } from "./core.js";
import { across, dot, label, move, path, plot, strand } from "./plot.js";

const high = (p) => 170 - 160 * p;

class Curves extends Explorer {
  name = "Explorer: probabilities and the average logit along T";

  ask() {
    const options = ["only rises", "rises, then falls", "only falls"];
    const text = `Turn T up from 0. What does the probability of the class with ${this.names[1]} do?`;
    return { text, options, right: 1, then: { T: this.peak } };
  }

  average(p) {
    return sum(p.map((share, i) => share && share * this.logits[i]));
  }

  view() {
    const [top, middle] = this.logits;
    this.low = (z) => 250 - (50 * z) / top;
    this.peak = +(+this.getAttribute("peak")).toPrecision(3);
    this.names = this.logits.map((z) => `logit ${digits(z)}`);
    this.line = svg("line", { y1: 10, y2: 250 });
    this.dots = [...this.names, 0].map(dot);
    this.cells = this.dots.map(() => html("b", {}));
    const third = high(1 / 3), turn = this.low(middle);
    return [
      plot(256, path([[16, 10], [16, 170], [344, 170]], "quiet"), path([[16, third], [344, third]], "faint"),
        path([[16, turn], [344, turn]], "faint"), path([[16, 200], [16, 250], [344, 250]], "quiet"), this.line,
        ...this.logits.flatMap((_, i) => strand((T, x) => [x, high(softmax(this.logits, T)[i])])),
        ...strand((T, x) => [x, this.low(this.average(softmax(this.logits, T)))]),
        ...[[digits(top), 200], [digits(middle), turn], ["0", 250], ["1", 10], ["⅓", third], ["0", 170]]
          .map(([text, y]) => label(12, y + 3, text, "end")),
        label(174, 30, this.names[0], "end"), label(108, 138, this.names[1], "end"), label(290, 166, this.names[2]),
        label(344, 208, "average logit", "end"), ...this.dots),
      table(["T", ...this.names, "average"], [row(this.now, ...this.cells)]),
    ];
  }

  draw() {
    const { T } = this.state, x = across(placeOf(T));
    this.p = softmax(this.logits, T);
    this.mean = +this.average(this.p).toFixed(12); // at T = ∞ the sum of thirds is not quite 0
    this.line.setAttribute("x1", x);
    this.line.setAttribute("x2", x);
    [...this.p, this.mean].forEach((value, i) => {
      move(this.dots[i], [x, i < 3 ? high(value) : this.low(value)]);
      this.cells[i].textContent = digits(value);
    });
  }

  says() {
    const { T } = this.state, name = `the class with ${this.names[1]}`, p = `p = ${digits(this.p[1])}`;
    const middle = digits(this.logits[1]), mean = digits(this.mean);
    if (T === this.peak) return `At T = ${short(T)} ${name} is at its highest, ${p}: the average logit passes ${middle}.`;
    if (T === Infinity) return `At T = ∞ all are even, and so each logit counts a third in the average: ${mean}.`;
    const [way, side] = this.mean > this.logits[1] ? ["rises", "above"] : ["falls", "below"];
    return `At T = ${short(T)} ${name} has ${p}, which ${way} with T: the average logit, ${mean}, is ${side} ${middle}.`;
  }
}

customElements.define("curves-explorer", Curves);
