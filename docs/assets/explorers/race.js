// Draws against p.
import { Explorer, button, digits, draws, html, row, short, softmax, svg, table } from "./core.js";
import { label, move, path, plot } from "./plot.js";

const SIZES = [10, 100, 1000];
const KEY = ["━ expected", "□ ± two standard errors", "■ drawn"];
const high = (share) => 160 - 150 * share;
const count = (x) => (x < 100 ? digits(+x.toFixed(2)) : (+x.toFixed()).toLocaleString("en"));

class Race extends Explorer {
  name = "Explorer: draws against probabilities";

  begin() {
    return { T: 1, n: 0, seed: 1 };
  }

  ask() {
    const { mean, reach } = this.expect(softmax(this.logits)[0]), [name] = this.tokens;
    const text = `Draw ${this.size} times at T = 1. Which range holds the count of ${name} in about 19 rounds of 20, and not in all?`;
    const options = [`exactly ${mean}`, `${mean - reach} to ${mean + reach}`, `0 to ${this.size}`];
    return { text, options, right: 1, then: { n: 100 } };
  }

  get size() {
    return SIZES.includes(this.state.n) ? this.state.n : 100;
  }

  expect(p) {
    return { mean: p * this.size, reach: 2 * Math.sqrt(p * (1 - p) * this.size) };
  }

  view() {
    this.tokens = this.getAttribute("tokens").split(" ");
    this.columns = this.tokens.map((name, i) => {
      const x = 86 + 55 * i;
      return {
        band: svg("rect", { class: "band", x, width: 43 }),
        bar: svg("rect", { class: "kept", x: x + 14, width: 15 }),
        line: path([[x, 0], [x + 43, 0]], "thick"),
        name: label(x + 22, 173, name, "middle"),
        expected: html("b", {}),
        drawn: html("b", {}),
      };
    });
    const all = (key) => this.columns.map((column) => column[key]);
    return [
      plot(178, path([[80, 160], [355, 160]], "quiet"), ...KEY.map((text, i) => label(354, 20 + 16 * i, text, "end")), ...all("band"), ...all("bar"), ...all("line"), ...all("name")),
      table(["token", ...this.tokens], ["expected", "drawn"].map((name) => row(name, ...all(name)))),
    ];
  }

  controls() {
    this.sizes = SIZES.map((n) => button(count(n), () => this.set({ n }), { "aria-label": `draw ${n}` }));
    const again = button("again", () => this.set({ seed: this.state.seed + 1, n: this.size }));
    return [this.dial(), html("div", { class: "play-row" }, "draw", ...this.sizes, again)];
  }

  draw() {
    const { T, n, seed } = this.state;
    this.p = softmax(this.logits, T);
    this.counts = n && draws(this.p, this.size, seed);
    const place = (node, top, foot) => {
      node.setAttribute("y", high(top));
      node.setAttribute("height", high(foot) - high(top));
    };
    this.columns.forEach(({ band, bar, line, expected, drawn }, i) => {
      const p = this.p[i], { mean, reach } = this.expect(p), spread = n && reach / this.size;
      place(band, Math.min(p + spread, 1), Math.max(p - spread, 0));
      place(bar, n && this.counts[i] / this.size, 0);
      move(line, [0, high(p)]);
      expected.textContent = count(mean);
      drawn.textContent = n ? count(this.counts[i]) : "–";
    });
    this.sizes.forEach((size, i) => size.setAttribute("aria-pressed", SIZES[i] === n));
  }

  says() {
    const { T, n, seed } = this.state, { mean, reach } = this.expect(this.p[0]), [name] = this.tokens;
    const reached = `give or take ${digits(reach)}`, many = `${count(this.size)} draws at T = ${short(T)}`;
    if (!n) return `Expect ${name} ${count(mean)} times in ${many}, ${reached} (two standard errors).`;
    return `With seed ${seed}, ${many} gave ${name} ${count(this.counts[0])} times; expected ${count(mean)}, ${reached}.`;
  }
}

customElements.define("race-explorer", Race);
