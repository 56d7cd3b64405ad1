// The pushes (y − p)/T on the logits: up for the label, down for the others, together nothing.
import { Explorer, button, digits, html, row, short, softmax, sum, table } from "./core.js";
import { label, path, plot } from "./plot.js";

const TOP = 2;
const columns = [70, 180, 290];

class Gradient extends Explorer {
  name = "Explorer: the push on each logit";

  begin() {
    return { T: 1, label: 1 };
  }

  ask() {
    return { text: "Training pushes the right class's logit up and the others down. What do the pushes add up to at T = 2?",
      options: ["−1", "0", "1"], right: 1, then: { T: 2 } };
  }

  view() {
    this.names = this.logits.map((z) => `logit ${digits(z)}`);
    this.arrows = this.names.map(() => path([[0, 0], [0, 0]], "arrow"));
    this.stars = this.names.map((name, i) => label(columns[i], 148, name, "middle"));
    this.cells = ["p", "y − p", "(y − p)/T"].map((name) => [name, ...this.names.map(() => html("b", {}))]);
    return [
      plot(154, path([[16, 70], [344, 70]], "quiet"), ...this.arrows, ...this.stars),
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
    const errors = p.map((p, i) => (i === label) - p);
    this.pushes = errors.map((error) => error && error / T);
    [p, errors, this.pushes].forEach((values, i) => {
      values.forEach((value, j) => (this.cells[i][j + 1].textContent = digits(value)));
    });
    this.pushes.forEach((push, i) => {
      const x = columns[i], end = 70 - 30 * Math.max(-TOP, Math.min(TOP, push));
      const head = Math.max(-8, Math.min(8, 70 - end));
      // where the arrow is too long for the plot, a second head says so
      const heads = Math.abs(push) > TOP ? [end, end + head / 2] : [end];
      const half = Math.abs(head) / 2;
      const tips = heads.map((y) => `M${x - half} ${y + head}L${x} ${y}L${x + half} ${y + head}`);
      this.arrows[i].setAttribute("d", `M${x} 70V${end}${tips.join("")}`);
    });
    this.stars.forEach((star, i) => (star.textContent = this.names[i] + (i === label ? ", the label" : "")));
    this.choices.forEach((choice, i) => choice.setAttribute("aria-pressed", i === label));
  }

  says() {
    const { T } = this.state;
    if (!T && !this.pushes.some(Boolean)) return "At T = 0 the label already has probability 1, and nothing is left to push.";
    if (!T) return "At T = 0 there is no gradient: as T falls to 0 the pushes on label and leader grow without bound.";
    const [first, ...rest] = this.pushes.map(digits);
    const total = Math.round(sum(this.pushes) * 1e9) / 1e9 || 0;
    const cut = this.pushes.some((push) => Math.abs(push) > TOP) ? " Double heads mark arrows cut short." : "";
    return `At T = ${short(T)} the pushes are ${first}, ${rest.join(" and ")}; they sum to ${digits(total)}.${cut}`;
  }
}

customElements.define("gradient-explorer", Gradient);
