// Your numbers at any T.
import { Explorer, button, digits, draws, entropy, html, isRow, numbers, row, short, softmax, sum, table }
  from "./core.js";

const SHOWN = 20, DRAWS = 100, VOCABULARY = 50000;
const WORDS = ["mat", "pot", "stone", "door", "moon"];
const KINDS = { p: "probabilities", z: "logits", next: "The key is under the …", zipf: "50,000 tokens by 1/rank" };
const many = (x) => (x < 1000 ? digits(x) : (+x.toPrecision(3)).toLocaleString("en"));
const bar = () => html("i", { class: "play-bar" });

class Hero extends Explorer {
  name = "Explorer: your numbers at every temperature";

  begin() {
    return { T: 1, seed: 0, as: "p", x: this.getAttribute("given") };
  }

  ask() {
    const options = this.getAttribute("options").split(" ");
    const right = options.indexOf(digits(Math.max(...softmax(this.logits, 0.5))));
    return { text: "At T = ½, what becomes of the larger probability?", options, right, then: { T: 0.5 } };
  }

  view() {
    this.grid = table(["given", "probability, dotted: at T = 1", "drawn"], []);
    const facts = ["odds of the top two", "entropy", "effective choices"];
    this.facts = facts.map((name) => html("span", {}, name, html("b", {})));
    this.parse();
    return [this.grid, html("p", { class: "play-facts" }, ...this.facts)];
  }

  controls() {
    const { as, x } = this.state;
    const kind = html("select", { "aria-label": "kind of numbers", onchange: () => this.reread({ as: kind.value }) },
      ...Object.entries(KINDS).map(([value, text]) => html("option", { value }, text)));
    kind.value = as;
    this.field = html("input", { value: x, "aria-label": "your numbers", autocomplete: "off", spellcheck: false,
      oninput: () => this.reread({ x: this.field.value }) });
    const roll = button(`Draw ${DRAWS}`, () => this.set({ seed: this.state.seed + 1 }));
    return [this.dial(), html("div", { class: "play-row" }, kind, this.field, roll)];
  }

  reread(change) {
    Object.assign(this.state, change, { seed: 0 });
    this.parse();
    this.set({});
  }

  parse() {
    const { as, x } = this.state, typed = numbers(x), total = sum(typed);
    const logits = {
      p: typed.map((p) => Math.log(p < 0 ? NaN : p / total)),
      z: typed,
      next: [10, 4, 3, 2, 1].map(Math.log),
      zipf: Array.from({ length: as === "zipf" && VOCABULARY }, (_, i) => -Math.log(i + 1)),
    }[as] ?? [];
    this.good = isRow(logits);
    if (!this.good) return;
    this.z = logits;
    this.even = softmax(logits);
    const rows = [...logits.keys()];
    const falling = rows.toSorted((a, b) => logits[b] - logits[a]);
    this.pair = falling.slice(0, 2);
    this.rest = Math.max(rows.length - SHOWN, 0);
    this.rows = this.rest ? falling.slice(0, SHOWN) : rows;
    const names = this.rows.map((i) => ({ zipf: `rank ${i + 1}`, next: WORDS[i] }[as] ?? digits(typed[i])));
    if (this.rest) names.push(`the other ${this.rest.toLocaleString("en")}`);
    this.cells = names.map((name) => [name, bar(), html("span", {}), html("span", {})]);
    this.grid.tBodies[0].replaceChildren(
      ...this.cells.map(([name, bar, p, count]) => row(name, html("div", {}, bar, p), count)));
  }

  withRest(values) {
    const shown = this.rows.map((i) => values[i]);
    return this.rest ? [...shown, sum(values) - sum(shown)] : shown;
  }

  odds(p, T) {
    const [most, next] = this.pair, x = p[most] / p[next];
    const nothing = this.z[next] === -Infinity || (T === 0 && x === Infinity);
    return nothing ? "all to nothing" : x < 1000 ? `${digits(x)} to 1` : "over 1,000 to 1";
  }

  draw() {
    const { T, seed, as } = this.state;
    this.field.hidden = /next|zipf/.test(as);
    this.field.setAttribute("aria-invalid", !this.good);
    if (!this.good) return;
    this.p = softmax(this.z, T);
    this.H = entropy(this.p);
    const shares = this.withRest(this.p), even = this.withRest(this.even);
    this.counts = seed && this.withRest(draws(this.p, DRAWS, seed));
    this.grid.className = `play-table play-bars ${seed && "drawn"}`;
    this.cells.forEach(([, bar, p, count], i) => {
      bar.style.setProperty("--p", shares[i]);
      bar.style.setProperty("--mark", even[i]);
      p.textContent = digits(shares[i]);
      count.textContent = this.counts ? this.counts[i] : "";
    });
    const facts = [this.odds(this.p, T), `${digits(this.H)} nats`, many(Math.exp(this.H))];
    this.facts.forEach((fact, i) => (fact.lastChild.textContent = facts[i]));
  }

  says() {
    const { T, seed } = this.state, at = `At T = ${short(T)}`;
    if (!this.good) return "Write two or more numbers, all finite; probabilities above 0.";
    if (seed) {
      const drawn = this.rest ? `${this.counts[SHOWN]} beyond the ${SHOWN} largest` : this.counts.join(", ");
      return `${at} with seed ${seed}, ${DRAWS} draws gave ${drawn}.`;
    }
    if (this.rest)
      return `${at} the ${SHOWN} largest hold ${digits(sum(this.rows.map((i) => this.p[i])))}, all others ${this.cells[SHOWN][2].textContent}.`;
    if (T === 0) return `${at} the largest takes all, and ties share.`;
    if (T === Infinity) return `${at} everything possible is equally likely.`;
    if (this.z.length > 2) return `${at} the choice is as open as ${digits(Math.exp(this.H))} equally likely ones.`;
    if (T === 1) return `${at} the odds are ${this.odds(this.p, T)}.`;
    const [before, after] = [this.even, this.p].map((p) => digits(p[this.pair[0]]));
    return `${at} odds of ${this.odds(this.even, 1)} become ${this.odds(this.p, T)}, and ${before} becomes ${after}.`;
  }
}

customElements.define("hero-explorer", Hero);
