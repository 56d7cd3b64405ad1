// The worker of the search starts when the search is opened: most visits never search.
(() => {
  const Real = globalThis.Worker;
  const QUERY = 2; // the type of the theme's message
  // The theme completes every word: "is" would find "isclose".
  const FILLERS = new Set(
    "a an are can do does for from how i in is it my of on or should the to versus vs what when which why with".split(" "));

  // A query without fillers and without signs that the search would obey; a letter beside words stands for itself.
  function plain(query) {
    const words = query.replace(/-(?=\w(?:\s|$))|[~^]/g, " ").split(/\s+/)
      .map((word) => word.replace(/^[-+]+/, "")).filter(Boolean);
    const telling = words.filter((word) => !FILLERS.has(word.toLowerCase()));
    const kept = telling.length ? telling : words;
    return kept.map((word) => (kept.length > 1 && /^\w$/.test(word) ? `${word}^1` : word)).join(" ");
  }

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
      if (message.type === QUERY) message = { ...message, data: plain(message.data) };
      if (this.worker) this.worker.postMessage(message);
      else this.messages.push(message);
    }
  }

  globalThis.Worker = Waiting;
})();
