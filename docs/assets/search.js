// The worker of the search starts when the search is opened: most visits never search.
(() => {
  const Real = globalThis.Worker;

  class Waiting extends EventTarget {
    messages = [];

    constructor(url) {
      super();
      globalThis.Worker = Real; // any other worker is none of our business
      const start = ({ target }) => {
        if (!target.closest(".md-search")) return;
        document.removeEventListener("focusin", start);
        this.worker = new Real(url);
        this.worker.addEventListener("message", ({ data }) =>
          this.dispatchEvent(new MessageEvent("message", { data })));
        for (const message of this.messages) this.worker.postMessage(message);
      };
      document.addEventListener("focusin", start);
    }

    postMessage(message) {
      if (this.worker) this.worker.postMessage(message);
      else this.messages.push(message);
    }
  }

  globalThis.Worker = Waiting;
})();
