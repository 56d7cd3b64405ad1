// Confidence against accuracy over T: the dots reach the diagonal, the accuracy stays.
import { Explorer, LAST, digits, html, numbers, placeOf, row, short, table, temperature } from "./core.js";
import { dot, label, move, path, plot } from "./plot.js";

const BINS = 10;
const x = (share) => 90 + (180 * (share - 0.3)) / 0.7;
const y = (share) => 212 - (180 * (share - 0.3)) / 0.7;

class Reliability extends Explorer {
  name = "Explorer: reliability over T";

  // One entry for each place of the dial, and the last one for the fitted temperature.
  read() {
    const list = (name) => numbers(this.getAttribute(name) ?? "");
    [this.fitted] = list("fitted");
    this.best = +this.fitted.toPrecision(3);
    for (const name of ["loss", "ece", "confidence", "hits", "count"]) this[name] = list(name);
    [this.accuracy] = list("accuracy");
    return this.loss.length === LAST + 2 && this.hits.length === BINS * this.loss.length;
  }

  ask() {
    return { text: `Turn T from 1 to ${short(this.best)}, fitted on other rows. What does the share of right answers, the accuracy, do?`,
      options: ["It rises", "It stays the same", "It falls"], right: 1, then: { T: this.best } };
  }

  view() {
    this.dots = Array.from({ length: BINS }, dot);
    this.gaps = this.dots.map(() => path([[0, 0], [0, 0]], "faint"));
    this.cells = ["loss", "ECE", "accuracy"].map(() => html("b", {}));
    const ticks = [["⅓", 1 / 3], ["½", 0.5], ["¾", 0.75], ["1", 1]];
    const picture = plot(246, path([[90, 32], [90, 212], [270, 212]], "quiet"), path([[90, 212], [270, 32]], "ink"),
      ...ticks.map(([text, share]) => label(x(share), 226, text, "middle")),
      ...ticks.map(([text, share]) => label(84, y(share) + 3, text, "end")),
      label(180, 242, "confidence", "middle"), label(84, 16, "accuracy", "end"), ...this.gaps, ...this.dots);
    // Less margin than a figure has: on a phone it is wider so.
    picture.setAttribute("viewBox", "22 0 266 246");
    return [picture, table(["T", "loss", "ECE", "accuracy"], [row(this.now, ...this.cells)])];
  }

  // The numbers are known at the places of the dial alone.
  show() {
    const { T } = this.state;
    this.i = T === this.best ? LAST + 1 : Math.round(placeOf(T));
    if (this.i <= LAST) this.state.T = temperature(this.i);
    super.show();
  }

  draw() {
    this.dots.forEach((dot, bin) => {
      const at = [this.confidence, this.hits].map((list) => list[BINS * this.i + bin]);
      const empty = Number.isNaN(at[0]);
      for (const node of [dot, this.gaps[bin]]) node.setAttribute("visibility", empty ? "hidden" : "visible");
      if (empty) return;
      dot.setAttribute("r", 2 + 10 * Math.sqrt(this.count[BINS * this.i + bin] / 20000));
      move(dot, [x(at[0]), y(at[1])]);
      this.gaps[bin].setAttribute("d", `M${x(at[0])} ${y(at[0])}V${y(at[1])}`);
    });
    const values = [this.loss[this.i], this.ece[this.i], this.accuracy].map(digits);
    if (this.i === LAST) values[2] = "–"; // all classes tie, and none is the answer
    values.forEach((value, i) => (this.cells[i].textContent = value));
  }

  says() {
    const { T } = this.state, at = `At T = ${short(T)}`, [loss, ece] = this.cells.map((cell) => cell.textContent);
    if (T === Infinity) return `${at} all classes tie, so no answer stands out: the loss is ${loss}, yet the ECE is only ${ece}.`;
    const fitted = T === this.best ? ", as fitted," : "";
    return `${at}${fitted} the loss is ${loss}, the ECE ${ece}; the accuracy stays at ${digits(this.accuracy)}.`;
  }
}

customElements.define("reliability-explorer", Reliability);
