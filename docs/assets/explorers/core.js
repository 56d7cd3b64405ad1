// What all explorers share: numbers, dial, frame.

export function sum(values) {
  let total = 0, lost = 0;
  for (const value of values) {
    const more = value - lost, next = total + more;
    lost = next - total - more;
    total = next;
  }
  return total;
}

// Shift, then scale; both ends are limits.
export function softmax(logits, T = 1) {
  const top = logits.reduce((a, b) => Math.max(a, b));
  const weight = (z) => (z === -Infinity ? 0 : Math.exp((z - top) / T));
  const weights = logits.map(T ? weight : (z) => +(z === top));
  const total = sum(weights);
  return weights.map((w) => w / total);
}

export const entropy = (p) => sum(p.map((x) => (x ? -x * Math.log(x) : 0)));

// As in figures/style.py.
export function digits(x) {
  if (!Number.isFinite(x)) return x < 0 ? "−∞" : "∞";
  const near = +x.toPrecision(3), size = Math.abs(near);
  const exact = Math.abs(near - x) <= 1e-9 * Math.abs(x);
  const long = size >= 1e3 || (size && size < 1e-4);
  const text = long ? near.toExponential(exact ? undefined : 2) : exact ? `${near}` : x.toPrecision(3);
  return text.replace(/e(.)(\d)$/, "e$10$2").replaceAll("-", "−");
}

export const short = (x) => ({ 0.25: "¼", 0.5: "½" })[x] ?? digits(x);

const bound = (text) => text.replaceAll("T = ", "T\u00a0=\u00a0");

export const numbers = (text) =>
  text.replaceAll("−", "-").split(/[\s,;]+/).filter(Boolean)
    .map((word) => Number(word.replace(/(inf|∞)$/i, "Infinity")));

export const isRow = (logits) => logits.length > 1 && Number.isFinite(logits.reduce((a, b) => Math.max(a, b)));

// By the generator mulberry32.
export function draws(p, times, seed) {
  let rising = 0;
  const steps = p.map((x) => (rising += x)), counts = p.map(() => 0);
  for (; times; times--) {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    const u = (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * rising;
    let i = 0;
    while (u >= steps[i]) i++;
    counts[i]++;
  }
  return counts;
}

// The dial: T / (1 + T), with 1 in the middle.
const STOPS = [0, 0.25, 0.5, 1, 2, 4, Infinity];
export const LAST = 60;

export function temperature(place) {
  return +(place / (LAST - place)).toPrecision(3);
}

export const placeOf = (T) => LAST - LAST / (1 + T);

const builder = (space) => (tag, attributes, ...children) => {
  const node = document.createElementNS(`http://www.w3.org/${space}`, tag);
  for (const [name, value] of Object.entries(attributes))
    name.startsWith("on") ? node.addEventListener(name.slice(2), value) : node.setAttribute(name, value);
  node.append(...children);
  return node;
};
export const html = builder("1999/xhtml");
export const svg = builder("2000/svg");

export const button = (text, onclick, more) => html("button", { type: "button", onclick, ...more }, text);

export const table = (head, rows) =>
  html("table", { class: "play-table" },
    html("thead", {}, html("tr", {}, ...head.map((text) => html("th", { scope: "col" }, text)))),
    html("tbody", {}, ...rows));

export const row = (name, ...cells) =>
  html("tr", {}, html("th", { scope: "row" }, name), ...cells.map((cell) => html("td", {}, cell)));

// An explorer gives ask(), view(), draw(), says(). Its state is what its address can hold.
export class Explorer extends HTMLElement {
  connectedCallback() {
    if (this.panel || !this.read()) return;
    this.home = location.pathname;
    this.start = this.begin();
    this.state = { ...this.start };
    const link = new URLSearchParams(location.search);
    const linked = Object.keys(this.start).filter((key) => link.has(key));
    for (const key of linked) this.take(key, link.get(key));
    this.now = html("span", {});
    this.status = html("p", { class: "play-says", role: "status" });
    const view = html("div", { class: "play-view" }, ...this.view());
    this.desk = html("div", { class: "play-desk" }, ...this.controls());
    this.panel = html("div", { class: "play", role: "group", "aria-label": this.name }, view, this.desk, this.status);
    this.prepend(this.panel);
    this.show();
    if (linked.length) this.say();
    else this.predict();
  }

  read() {
    this.logits = numbers(this.getAttribute("logits") ?? "");
    return isRow(this.logits);
  }

  begin() {
    return { T: 1 };
  }

  take(key, text) {
    const value = typeof this.start[key] === "number" ? (numbers(text)[0] ?? NaN) : text;
    if (Number.isNaN(value) || (key === "T" && value < 0)) return;
    this.state[key] = value;
  }

  predict() {
    const { text, options, right, then } = this.ask();
    const answer = (verdict, change) => () => {
      this.verdict = verdict;
      this.set(change);
      this.desk.querySelector("input").focus();
    };
    const choices = options.map((option, i) =>
      button(option, answer(i === right ? "Yes. " : `No: ${options[right]}. `, then)));
    this.question = html("div", { class: "play-ask" }, html("p", {}, html("b", {}, "Predict. "), bound(text)),
      html("div", { class: "play-row" }, ...choices, button("Skip", answer("", {}))));
    this.status.replaceWith(this.question);
  }

  controls() {
    return [this.dial()];
  }

  dial() {
    const shown = html("b", {});
    const range = html("input", { type: "range", max: LAST, "aria-label": "temperature T",
      oninput: () => this.set({ T: temperature(+range.value) }) });
    const stops = STOPS.map((T) => button(short(T), () => this.set({ T }), { "aria-label": `T = ${short(T)}` }));
    stops.forEach((stop, i) => (stop.style.left = `${(100 * placeOf(STOPS[i])) / LAST}%`));
    this.turn = (T) => {
      range.value = placeOf(T);
      shown.textContent = `T = ${short(T)}`;
      range.setAttribute("aria-valuetext", shown.textContent);
      stops.forEach((stop, i) => stop.setAttribute("aria-pressed", T === STOPS[i]));
    };
    return html("div", { class: "play-dial" }, html("p", {}, "temperature ", shown), range,
      html("div", { class: "play-stops" }, ...stops));
  }

  // Turning first skips the question.
  set(change) {
    this.question?.replaceWith(this.status);
    Object.assign(this.state, change);
    this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), 400);
  }

  show() {
    const { T } = this.state;
    this.now.textContent = short(T);
    this.turn(T);
    this.panel.dataset.heat = T < 1 ? "cold" : T > 1 ? "hot" : "";
    this.draw();
  }

  say(verdict = "") {
    this.status.textContent = bound(verdict + this.says());
  }

  settle() {
    clearTimeout(this.timer);
    if (!this.timer || !this.isConnected || location.pathname !== this.home) return;
    this.timer = 0;
    this.say(this.verdict);
    this.verdict = "";
    const url = new URL(location);
    for (const [key, value] of Object.entries(this.state)) {
      if (value === this.start[key]) url.searchParams.delete(key);
      else url.searchParams.set(key, value === Infinity ? "inf" : value);
    }
    url.hash = this.id; // leads here
    history.replaceState(history.state, "", url);
  }
}
