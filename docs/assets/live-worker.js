// Python in a worker: it loads what the first message names, cuts its own ways out, runs the rest.

// The policy of the page does not reach a worker. Code as text can import, and so ask the network.
const NETWORK = ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource",
  "importScripts", "Worker", "SharedWorker", "caches", "FontFace"];
const CODE = ["eval", "setTimeout", "setInterval"];

function close() {
  for (const name of [...NETWORK, ...CODE])
    for (let scope = self; scope; scope = Object.getPrototypeOf(scope)) delete scope[name];
  for (const kind of [() => {}, async () => {}, function* () {}, async function* () {}])
    Object.defineProperty(Object.getPrototypeOf(kind), "constructor", { value: undefined });
  // what Pyodide asks about remains: whether something is a function
  self.Function = Object.assign(() => {}, { prototype: Function.prototype });
}

let run;

async function start(py) {
  const { loadPyodide } = await import(`${py}pyodide.mjs`);
  const [python, session] = await Promise.all([
    loadPyodide({ indexURL: py }),
    fetch(`${py}session.py`).then((answer) => answer.text()),
  ]);
  python.runPython(session);
  run = python.globals.get("run");
  close();
  return {};
}

function answer({ page, block, code, given }) {
  const result = run(page, block, code, given), [text, error] = result;
  result.destroy();
  return { text, error };
}

// Pyodide drops some of its own failures.
addEventListener("unhandledrejection", ({ reason }) => postMessage({ failed: `${reason?.message ?? reason}` }));

addEventListener("message", async ({ data }) => {
  try {
    postMessage(data.py ? await start(data.py) : answer(data));
  } catch (error) {
    postMessage({ failed: `${error.message ?? error}`.trim() });
  }
});
