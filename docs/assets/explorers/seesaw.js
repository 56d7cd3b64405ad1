// Two logits and T: only the gap, divided by T, counts.
import { Explorer, button, digits, html, row, short, softmax, table } from "./core.js";
import { dot, label, move, path, plot } from "./plot.js";

const REACH = 6;
const across = (x) => 180 + (156 * Math.max(-REACH, Math.min(REACH, x))) / REACH;
const high = (p) => 140 - 126 * p;
const MOVES = { "+ 1": (z) => z + 1, "− 1": (z) => z - 1, "× 2": (z) => z * 2, "÷ 2": (z) => z / 2 };

class Seesaw extends Explorer {
  name = "Explorer: two logits and their gap";

  begin() {
    const [a, b] = this.logits;
    return { T: 1, a, b };
  }

  ask() {
    const { a, b } = this.state;
    return { text: "Both logits double. What does the probability of the second do?",
      options: ["It rises", "It stays the same", "It falls"], right: 0, then: { a: a * 2, b: b * 2 } };
  }

  view() {
    this.dot = dot();
    this.cross = path([[0, 0], [0, 0]], "faint");
    this.cells = ["logit", "probability"].map((name) => [name, html("b", {}), html("b", {})]);
    const places = Array.from({ length: 61 }, (_, i) => i / 5 - REACH);
    const curve = places.map((x) => [across(x), high(softmax([0, x])[1])]);
    const ticks = [-4, -2, 0, 2, 4].map((x) => label(across(x), 154, digits(x), "middle"));
    return [
      plot(175, path([[24, 140], [336, 140]], "quiet"), path([[180, 14], [180, 140]], "faint"), this.cross,
        path(curve, "ink"), ...ticks, label(180, 172, "gap divided by T", "middle"),
        ...["0", "½", "1"].map((text, i) => label(18, high(i / 2) + 3, text, "end")), this.dot),
      table(["class", "first", "second"], this.cells.map((cells) => row(...cells))),
    ];
  }

  controls() {
    this.hands = Object.entries({ a: "first logit", b: "second logit" }).map(([key, name]) =>
      html("input", { type: "range", min: -8, max: 8, step: 0.1, "aria-label": name,
        oninput: (event) => this.set({ [key]: +event.target.value }) }));
    const moves = Object.entries(MOVES).map(([text, change]) => {
      const both = () => this.set({ a: change(this.state.a), b: change(this.state.b) });
      return button(text, both, { "aria-label": `both ${text}` });
    });
    const hands = this.hands.map((hand) =>
      html("div", { class: "play-hand" }, html("span", {}, hand.getAttribute("aria-label")), hand));
    return [this.dial(), ...hands, html("div", { class: "play-row" }, "both", ...moves)];
  }

  draw() {
    const { T, a, b } = this.state;
    this.gap = b - a;
    this.x = this.gap / T || 0;
    this.p = softmax([a, b], T);
    const at = [across(this.x), high(this.p[1])];
    move(this.dot, at);
    this.cross.setAttribute("d", `M${at[0]} 140V${at[1]}H24`);
    [a, b, ...this.p].forEach((value, i) => (this.cells[i >> 1][1 + (i & 1)].textContent = digits(value)));
    this.hands.forEach((hand, i) => {
      hand.value = [a, b][i];
      hand.setAttribute("aria-valuetext", digits([a, b][i]));
    });
  }

  says() {
    const [gap, x, p] = [this.gap, this.x, this.p[1]].map(digits);
    if (!this.state.T) return `The gap is ${gap}; at T = 0 the larger takes all, ties share: the second gets p = ${p}.`;
    return `The gap is ${gap}; divided by T = ${short(this.state.T)} it is ${x}, and the second gets p = ${p}.`;
  }
}

customElements.define("seesaw-explorer", Seesaw);
