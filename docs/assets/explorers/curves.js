// Three probabilities and their entropy along T.
import { Explorer, digits, entropy, html, placeOf, row, short, softmax, sum, svg, table } from "./core.js";
import { across, dot, label, move, path, plot, strand } from "./plot.js";

const high = (p) => 170 - 160 * p;

class Curves extends Explorer {
  name = "Explorer: probabilities and entropy along T";

  ask() {
    const options = ["only rises", "rises, then falls", "only falls"];
    const text = `Turn T up from 0. What does the probability of the class with ${this.names[1]} do?`;
    return { text, options, right: 1, then: { T: this.peak } };
  }

  view() {
    const most = Math.log(this.logits.length), low = (H) => 250 - (50 * H) / most;
    this.low = low;
    this.peak = +(+this.getAttribute("peak")).toPrecision(3);
    this.names = this.logits.map((z) => `logit ${digits(z)}`);
    this.line = svg("line", { y1: 10, y2: 250 });
    this.dots = [...this.names, 0].map(dot);
    this.cells = this.dots.map(() => html("b", {}));
    const third = high(1 / 3);
    return [
      plot(254, path([[16, 10], [16, 170], [344, 170]], "quiet"), path([[16, third], [344, third]], "faint"),
        path([[16, 200], [344, 200]], "faint"), path([[16, 200], [16, 250], [344, 250]], "quiet"), this.line,
        ...this.logits.flatMap((_, i) => strand((T, x) => [x, high(softmax(this.logits, T)[i])])),
        ...strand((T, x) => [x, low(entropy(softmax(this.logits, T)))]),
        ...[["1", 10], ["⅓", third], ["0", 170]].map(([text, y]) => label(12, y + 3, text, "end")),
        label(154, 36, this.names[0]), label(108, 138, this.names[1], "end"), label(290, 166, this.names[2]),
        label(22, 197, `entropy, at most log 3 = ${digits(most)}`), ...this.dots),
      table(["T", ...this.names, "entropy"], [row(this.now, ...this.cells)]),
    ];
  }

  draw() {
    const { T } = this.state, x = across(placeOf(T));
    this.p = softmax(this.logits, T);
    this.H = entropy(this.p);
    this.line.setAttribute("x1", x);
    this.line.setAttribute("x2", x);
    [...this.p, this.H].forEach((value, i) => {
      move(this.dots[i], [x, i < 3 ? high(value) : this.low(value)]);
      this.cells[i].textContent = digits(value);
    });
  }

  // A class gains while its logit lies below the mean one.
  says() {
    const { T } = this.state, name = `the class with ${this.names[1]}`, p = `p = ${digits(this.p[1])}`, H = `${digits(this.H)} nats`;
    const gains = sum(this.p.map((p, i) => p && p * this.logits[i])) > this.logits[1];
    if (T === this.peak) return `At T = ${short(T)} ${name} is at its highest, ${p}; the entropy, ${H}, goes on rising.`;
    if (T === Infinity) return `At T = ∞ all are even, and the entropy is at its highest, ${H}.`;
    const way = gains ? "rises" : "falls";
    return `At T = ${short(T)} ${name} has ${p}, which ${way} with T; the entropy, ${H}, only rises.`;
  }
}

customElements.define("curves-explorer", Curves);
