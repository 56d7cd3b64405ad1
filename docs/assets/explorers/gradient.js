// The pushes (y − p)/T on the logits: up for the label, down for the others, together nothing.
import { Explorer, button, digits, html, row, short, softmax, sum, table } from "./core.js";
import { label, path, plot } from "./plot.js";

const TOP = 2;
const columns = [122, 212, 302];

class Gradient extends Explorer {
  name = "Explorer: the push on each logit";

  begin() {
    return { T: 1, label: 1 };
  }

  take(key, text) {
    super.take(key, text);
    if (!(this.state.label in this.logits)) this.state.label = this.start.label;
  }

  ask() {
    return { text: "Training pushes the right class's logit up and the others down. What do the pushes add up to at T = 2?",
      options: ["−1", "0", "1"], right: 1, then: { T: 2 } };
  }

  view() {
    this.names = this.logits.map((z) => `logit ${digits(z)}`);
    this.arrows = this.names.map(() => path([[0, 0], [0, 0]], "arrow"));
    this.stars = this.names.map((name, i) => label(columns[i], 158, name, "middle"));
    this.top = path([[77, 0], [347, 0]], "faint");
    this.cells = ["p", "y − p", "(y − p)/T"].map((name) => [name, ...this.names.map(() => html("b", {}))]);
    return [
      plot(164, path([[77, 140], [347, 140]], "quiet"), this.top, ...this.arrows, ...this.stars),
      table(["class", ...this.names], this.cells.map((cells) => row(...cells))),
    ];
  }

  controls() {
    this.choices = this.names.map((name, i) =>
      button(name, () => this.set({ label: i }), { "aria-label": `label ${name}` }));
    return [this.dial(), html("div", { class: "play-row" }, "label", ...this.choices)];
  }

  draw() {
    const { T, label } = this.state, p = softmax(this.logits, T);
    const errors = p.map((p, i) => -(i !== label) * p);
    errors[label] = 0 - sum(errors); // 1 − p would lose its digits near 1
    this.pushes = errors.map((error) => error && error / T);
    [p, errors, this.pushes].forEach((values, i) => {
      values.forEach((value, j) => (this.cells[i][j + 1].textContent = digits(value)));
    });
    // The label's arrow rises from the line; the others hang from its tip, one below the other, and end on the line.
    const fit = Math.min(1, TOP / this.pushes[label]);
    const shown = this.pushes.map((push) => (Number.isFinite(push) ? push * (fit || 0) : TOP * Math.sign(push)));
    const high = (push) => 140 - 62 * push;
    let level = shown[label];
    this.top.setAttribute("transform", `translate(0 ${high(level)})`);
    shown.forEach((push, i) => {
      const [start, end] = i === label ? [140, high(push)] : [high(level), high(level + push)];
      if (i !== label) level += push;
      const x = columns[i], head = Math.max(-8, Math.min(8, start - end)), half = Math.abs(head) / 2;
      // where all arrows are shortened to fit, a second head says so
      const heads = i === label && fit < 1 ? [end, end + head / 2] : [end];
      const tips = heads.map((y) => `M${x - half} ${y + head}L${x} ${y}L${x + half} ${y + head}`);
      this.arrows[i].setAttribute("d", `M${x} ${start}V${end}${tips.join("")}`);
    });
    this.stars.forEach((star, i) => (star.textContent = this.names[i] + (i === label ? ", the label" : "")));
    this.choices.forEach((choice, i) => choice.setAttribute("aria-pressed", i === label));
  }

  says() {
    const { T } = this.state;
    if (!T && !this.pushes.some(Boolean)) return "At T = 0 the label already has probability 1, and nothing is left to push.";
    if (!T) return "At T = 0 there is no gradient: as T falls to 0 the pushes on label and leader grow without bound.";
    const [first, ...rest] = this.pushes.map(digits);
    const cut = this.pushes[this.state.label] > TOP ? " A double head: all arrows are shortened to fit." : "";
    return `At T = ${short(T)} the pushes are ${first}, ${rest.join(" and ")}; they sum to 0.${cut}`;
  }
}

customElements.define("gradient-explorer", Gradient);
