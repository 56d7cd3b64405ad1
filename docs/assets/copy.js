// Copy buttons: one on every block of code, and one on a chapter for all of them in page order.
const article = () => document.querySelector(".md-content article");
const status = document.querySelector(".copy-status");

// The text as it runs when pasted: an interactive prompt ends an indented block at an empty line.
function pasted(block) {
  const text = block.querySelector("code").textContent.trimEnd();
  if (!block.matches(".language-python")) return text;
  return /^\s/.test(text.split("\n").at(-1)) ? `${text}\n\n` : `${text}\n`;
}

// A block that fails on purpose would stop the reader's script.
function failsOnPurpose(block) {
  const output = block.nextElementSibling;
  return output?.matches(".output") && output.textContent.startsWith("Traceback");
}

function chapter() {
  const blocks = [...article().querySelectorAll(".snippet .language-python")];
  return blocks.filter((block) => !failsOnPurpose(block)).map(pasted).join("\n");
}

function button() {
  const label = "Copy code";
  const node = Object.assign(document.createElement("button"), { type: "button", className: "copy", title: label });
  node.append(Object.assign(document.createElement("span"), { textContent: label }));
  return node;
}

// A browser may refuse, and has no clipboard at all on a page that came over plain http.
async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return ["refused", "Not copied: the browser refuses. Select the code, and copy that."];
  }
  return ["copied", "Copied"];
}

let timer;

function forget() {
  document.querySelector(".copied, .refused")?.classList.remove("copied", "refused");
  status.textContent = "";
}

function copies(node, text) {
  node.addEventListener("click", async () => {
    const [mark, words] = await put(text());
    clearTimeout(timer);
    forget(); // what the last press left
    node.classList.add(mark);
    status.textContent = words;
    timer = setTimeout(forget, mark === "copied" ? 2000 : 6000);
  });
  return node;
}

function place() {
  for (const block of article().querySelectorAll(":is(.language-python, .language-sh, .language-text):not(.doc-signature, :has(.copy))"))
    block.append(copies(button(), () => pasted(block)));
  // it is in the page, so that what is below it does not move when the script has come
  const all = article().querySelector(".copy-all:disabled");
  if (all) copies(all, chapter).disabled = false;
}

globalThis.document$.subscribe(place);
