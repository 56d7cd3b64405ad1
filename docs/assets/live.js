// Run and Edit on frames of code that need Python alone. Python is loaded at the first click.
const START = 60_000, LIMIT = 10_000; // beyond the session's own budget of 5 s
const LOST = "All results are lost; the code above runs again when you next press Run.";
const NOT_HERE = "Only Python's standard library runs here; for other packages, run this code on your own computer.";

const make = (tag, properties, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

// What has run and what has been written, by page; it outlives a visit to the page.
const pages = {};
const pageOf = (path) => (pages[path] ??= { ran: new Set(), written: {} });

// One worker for all pages. What ends it says why.
let python;
let turn = Promise.resolve(); // one code after the other, in the order of the clicks

class Python {
  constructor(version) {
    this.worker = new Worker(new URL("live-worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => (data.failed ? this.end(data.failed) : this.settle(data));
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.end(event.message || "it could not be loaded");
    };
    const { href } = new URL(`../py/${version}/`, import.meta.url);
    this.started = this.ask({ py: href }, START, "it took more than a minute").then(() => {
      this.ready = true;
      document.documentElement.dataset.python = "ready";
    });
  }

  ask(message, limit, late) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end(late), limit);
      this.settle = (data) => (clearTimeout(timer), resolve(data));
      this.fail = (reason) => (clearTimeout(timer), reject(reason));
      this.worker.postMessage(message);
    });
  }

  end(reason) {
    this.worker.terminate();
    python = undefined;
    for (const page of Object.values(pages)) page.ran.clear();
    this.fail(this.ready ? `Stopped: ${reason}. ${LOST}` : `Python did not start: ${reason}.`);
  }
}

// Of an exception the type is compared: texts change from one Python to the next.
const essence = (text) => text.replace(/^Traceback .*\n(?:[ \t].*\n|\n)*([\w.]+)[^]*/m, "$1");

// The lines of two texts, and which of them are not in what both begin and end with.
function difference(before, after) {
  const [old, now] = [before, after].map((text) => text.split("\n"));
  let head = 0, tail = 0;
  while (head < old.length && old[head] === now[head]) head++;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const marked = (tag, mark, lines) => lines.map((line) => make(tag, {}, `${mark} ${line}\n`));
  return [
    ...marked("span", " ", now.slice(0, head)),
    ...marked("del", "−", old.slice(head, old.length - tail)),
    ...marked("ins", "+", now.slice(head, now.length - tail)),
    ...marked("span", " ", now.slice(now.length - tail)),
  ];
}

class Frame extends HTMLElement {
  connectedCallback() {
    if (this.bar) return;
    this.path = location.pathname;
    this.place = this.all().indexOf(this);
    const button = (text, onclick) => make("button", { type: "button", onclick }, text);
    this.runs = button("Run", () => this.click());
    this.runs.append(make("small", {}, " loads about 6 MB"));
    this.edits = button("Edit", () => (this.field ? this.reset() : this.edit().focus()));
    this.stops = button("Stop", () => python?.end("you pressed Stop"));
    this.stops.hidden = true;
    this.says = make("p", { role: "status" });
    this.shows = make("code", {});
    this.bar = make("div", { className: "live-bar" }, this.runs, this.stops, this.edits, this.says);
    const own = make("div", { className: "output live-output no-copy", role: "group", ariaLabel: "your output" });
    own.append(make("pre", { tabIndex: 0 }, this.shows)); // long ones scroll
    this.append(this.bar, own);
    const { written } = pageOf(this.path);
    if (this.place in written) this.edit(written[this.place]);
  }

  all() {
    return [...document.querySelectorAll("live-python")];
  }

  // Of the page, not the reader's.
  text(parts) {
    const found = [...this.querySelectorAll(`:scope > ${parts}:not(.live-output) code`)];
    return found.map((part) => part.textContent.trimEnd()).join("\n");
  }

  edit(text = this.text(".language-python")) {
    const more = { spellcheck: false, autocapitalize: "off", ariaLabel: "your code" };
    this.field = make("textarea", { value: text, rows: text.split("\n").length + 1, ...more });
    this.field.oninput = () => (pageOf(this.path).written[this.place] = this.field.value);
    this.field.onkeydown = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.click();
    };
    this.prepend(this.field);
    this.edits.textContent = "Reset";
    return this.field;
  }

  reset() {
    const page = pageOf(this.path);
    page.ran.delete(this.place);
    delete page.written[this.place];
    this.field.remove();
    this.field = undefined;
    this.edits.textContent = "Edit";
    this.say("");
  }

  click() {
    if (this.hasAttribute("busy")) return;
    this.toggleAttribute("busy");
    this.say("Waiting …");
    turn = turn.then(() => this.go());
  }

  // First what stands above and has not run, then this.
  async go() {
    if (!this.isConnected) return; // the reader has gone on
    const { ran } = pageOf(this.path);
    const above = this.all().slice(0, this.place).filter((frame) => !ran.has(frame.place));
    const frames = [...above, this];
    this.stops.hidden = false;
    for (const frame of frames) frame.says.ariaLive = frame === this ? "polite" : "off";
    try {
      this.say(python ? "Running …" : "Starting Python …");
      python ??= new Python(this.getAttribute("version"));
      await python.started;
      this.say("Running …");
      for (const frame of frames) await frame.run();
    } catch (reason) {
      this.say(reason);
    }
    if (document.activeElement === this.stops) this.runs.focus();
    this.stops.hidden = true;
    this.removeAttribute("busy");
  }

  async run() {
    const code = this.field?.value ?? this.text(".language-python");
    const message = { page: this.path, block: this.place + 1, code };
    const { text, error } = await python.ask(message, LIMIT, "it took more than 10 seconds");
    pageOf(this.path).ran.add(this.place);
    this.tell(this.text(".output"), text.trimEnd(), error);
  }

  tell(wanted, text, error) {
    if (essence(text) === essence(wanted))
      this.say(!wanted ? "Ran. It prints nothing, as on the page." : error ? "The same error as on the page." : "Same as on the page.");
    else if (!text) this.say("Ran. It prints nothing; on the page it does.");
    else if (error === "ModuleNotFoundError") this.say(NOT_HERE, [text]);
    else if (error === "OutOfTime") this.say("Stopped after 5 seconds. What had run is kept.", [text]);
    else if (!wanted) this.say(error ? "An error:" : "It prints:", [text]);
    else this.say("Not as on the page (− page, + yours):", difference(wanted, text));
  }

  say(text, output = []) {
    this.says.textContent = text;
    this.shows.replaceChildren(...output);
  }
}

customElements.define("live-python", Frame);
