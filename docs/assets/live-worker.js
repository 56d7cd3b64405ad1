// Python in a worker: it loads what the first message names, cuts its own ways out, and runs the rest.

// The policy of the page does not reach a worker.
const NETWORK = ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource",
  "importScripts", "Worker", "SharedWorker", "caches", "FontFace"];
// Code from text could import, and an import asks the network.
const TIMERS = ["setTimeout", "setInterval"];

function remove(names) {
  for (const name of names)
    for (let scope = self; scope; scope = Object.getPrototypeOf(scope)) delete scope[name];
}

function refuseText() {
  remove(["eval"]);
  for (const kind of [() => {}, async () => {}, function* () {}, async function* () {}])
    Object.defineProperty(Object.getPrototypeOf(kind), "constructor", { value: undefined });
  // Pyodide asks whether something is a function.
  self.Function = Object.assign(() => {}, { prototype: Function.prototype });
}

let run;

async function start(py) {
  refuseText(); // before Pyodide keeps a way to it
  const { loadPyodide } = await import(`${py}pyodide.mjs`);
  const [python, session] = await Promise.all([
    loadPyodide({ indexURL: py }),
    fetch(new URL("live_session.py", import.meta.url)).then((answer) => answer.text()),
  ]);
  python.runPython(session);
  run = python.globals.get("run");
  remove([...NETWORK, ...TIMERS]);
  return {};
}

function answer({ page, block, code }) {
  const result = run(page, block, code), [text, error] = result;
  result.destroy();
  return { text, error };
}

const fail = (error) => postMessage({ failed: `${error?.message ?? error}`.trim() });

addEventListener("unhandledrejection", ({ reason }) => fail(reason)); // Pyodide lets some go
addEventListener("message", async ({ data }) => {
  try {
    postMessage(data.py ? await start(data.py) : answer(data));
  } catch (error) {
    fail(error);
  }
});
