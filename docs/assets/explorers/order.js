// Temperature before the cut or after it: which classes survive.
import { Explorer, button, digits, html, row, short, softmax, svg, table } from "./core.js";
import { label, path, plot } from "./plot.js";

const RULES = {
  "top-k": (z, k) => z.map((x) => x >= z.toSorted((a, b) => b - a)[k - 1]),
  "top-p": (z, share) => {
    const p = softmax(z), kept = [];
    let before = 0;
    for (const i of [...z.keys()].sort((a, b) => z[b] - z[a])) {
      kept[i] = before < share;
      before += p[i];
    }
    return kept;
  },
  "min-p": (z, share) => z.map((x) => Math.exp(x - Math.max(...z)) >= share),
};
const ORDERS = ["T first, then the cut", "T last, after the cut"];

class Order extends Explorer {
  name = "Explorer: temperature before or after the cut";

  begin() {
    return { T: 1, rule: "top-p" };
  }

  ask() {
    return { text: `${this.rule} at T = 4: which order lets more classes through?`,
      options: ["T first", "T last", "both alike"], right: 0, then: { T: 4 } };
  }

  get rule() {
    return this.named(Object.hasOwn(RULES, this.state.rule) ? this.state.rule : "top-p");
  }

  named(rule) {
    return `${rule} ${this.getAttribute(rule)}`;
  }

  view() {
    this.bars = [20, 48, 100, 128].map((y) => this.logits.map(() => svg("rect", { y, height: 20 })));
    this.marks = [20, 100].map((y) => path([[0, y - 4], [0, y + 24]], "ink"));
    this.keeps = [13, 93].map((y) => label(344, y, "", "end"));
    this.cells = this.logits.map(() => [html("b", {}), html("b", {})]);
    return [
      plot(152, ...ORDERS.map((text, i) => label(16, 13 + 80 * i, text)), ...this.keeps, ...this.bars.flat(), ...this.marks),
      table(["class", "T first", "T last"], this.logits.map((z, i) => row(`logit ${digits(z)}`, ...this.cells[i]))),
    ];
  }

  controls() {
    this.choices = Object.keys(RULES).map((rule) => [rule, button(this.named(rule), () => this.set({ rule }))]);
    return [this.dial(), html("div", { class: "play-row" }, ...this.choices.map(([, choice]) => choice))];
  }

  draw() {
    const { T } = this.state, [rule, limit] = this.rule.split(" ");
    const cut = (z) => z.map((x, i) => (RULES[rule](z, +limit)[i] ? x : -Infinity));
    const hot = softmax(this.logits, T), plain = softmax(this.logits);
    const kept = [cut(hot.map(Math.log)), cut(this.logits)];
    const first = softmax(kept[0]), last = softmax(kept[1], T);
    this.left = kept.map((z) => z.filter((x) => x > -Infinity).length);
    this.keeps.forEach((node, i) => (node.textContent = `keeps ${this.left[i]} of ${this.logits.length}`));
    const stacks = [[hot, first], [first, first], [plain, softmax(kept[1])], [last, last]];
    stacks.forEach(([shares, left], i) => {
      let x = 16;
      shares.forEach((share, j) => {
        const bar = this.bars[i][j];
        bar.setAttribute("x", x);
        bar.setAttribute("width", Math.max(328 * share - 2, 0));
        bar.setAttribute("class", left[j] > 0 ? (i === 2 ? "even" : "kept") : i === 2 ? "band" : "cut");
        x += 328 * share;
      });
    });
    this.marks.forEach((mark) => {
      mark.setAttribute("transform", `translate(${16 + 328 * limit})`);
      mark.setAttribute("visibility", rule === "top-p" ? "visible" : "hidden");
    });
    this.cells.forEach((pair, i) => pair.forEach((cell, j) => {
      cell.textContent = kept[j][i] > -Infinity ? digits([first, last][j][i]) : "cut";
    }));
    this.choices.forEach(([name, choice]) => choice.setAttribute("aria-pressed", name === rule));
  }

  says() {
    const [first, last] = this.left, at = `${this.rule} at T = ${short(this.state.T)} keeps ${first}`;
    if (first === last) return `${at} of ${this.logits.length} in either order.`;
    return `${at} with T first, ${last} with T last.`;
  }
}

customElements.define("order-explorer", Order);
