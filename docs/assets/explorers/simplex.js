// Three classes in a triangle: the path from a corner to the center.
import { Explorer, digits, html, row, short, softmax, table } from "./core.js";
import { dot, label, move, path, plot, strand } from "./plot.js";

const CORNERS = [[180, 18], [34, 271], [326, 271]];
const at = (p) => [0, 1].map((axis) => p.reduce((total, x, i) => total + x * CORNERS[i][axis], 0));

class Simplex extends Explorer {
  name = "Explorer: three probabilities in a triangle";

  ask() {
    const options = ["straight", `bent toward ${this.names[1]}`, `bent toward ${this.names[2]}`];
    const text = "From T = 0 to ∞ the point walks from its corner to the center. By which path?";
    return { text, options, right: 1, then: { T: 2 } };
  }

  view() {
    const [top, left, right] = (this.names = this.logits.map((z) => `logit ${digits(z)}`));
    this.way = strand((T) => at(softmax(this.logits, T)));
    this.dot = dot();
    this.cells = this.names.map(() => html("b", {}));
    const center = at([1 / 3, 1 / 3, 1 / 3]), [x, y] = center;
    return [
      plot(290, path([...CORNERS, CORNERS[0]], "quiet"), path([CORNERS[0], center], "faint"), ...this.way,
        path([[x - 3, y], [x + 3, y]], "quiet"), path([[x, y - 3], [x, y + 3]], "quiet"),
        label(190, 20, `${top} is certain`), label(8, 286, `${left} is certain`), label(352, 286, `${right} is certain`, "end"),
        label(x + 8, y + 3, "center"), this.dot),
      table(["T", ...this.names], [row(this.now, ...this.cells)]),
    ];
  }

  draw() {
    this.p = softmax(this.logits, this.state.T);
    move(this.dot, at(this.p));
    this.p.forEach((p, i) => (this.cells[i].textContent = digits(p)));
  }

  says() {
    const { T } = this.state, [, middle, last] = this.names, at = `At T = ${short(T)}`;
    if (T === 0) return `${at} the point stands in its corner: ${this.names[0]} is certain.`;
    if (T === Infinity) return `${at} the point stands in the center: all are even.`;
    const times = Math.exp((this.logits[1] - this.logits[2]) / T);
    const many = times < 1000 ? digits(times) : "over 1,000";
    return `${at} the path leans toward ${middle}: ${many} times as likely as ${last}.`;
  }
}

customElements.define("simplex-explorer", Simplex);
