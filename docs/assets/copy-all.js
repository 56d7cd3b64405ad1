// One button per chapter that copies all its code, in page order.
// A block that fails on purpose would stop the reader's script, so it stays on the page.
const label = "Copy all code of this page";

function failsOnPurpose(block) {
  return block.nextElementSibling?.matches(".output") && block.nextElementSibling.textContent.startsWith("Traceback");
}

function blocks() {
  return [...document.querySelectorAll(".md-content .snippet .language-python")]
    .filter((block) => !failsOnPurpose(block))
    .map((block) => block.querySelector("code").textContent.trimEnd());
}

function place() {
  const lead = document.querySelector(".md-content .lead");
  const chapter = location.pathname.includes("/learn/");
  if (!lead || !chapter || document.querySelector(".copy-all")) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy-all", textContent: label });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(blocks().join("\n\n") + "\n");
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = label), 2000);
  });
  const line = Object.assign(document.createElement("p"), { className: "copy-all-line" });
  line.append(button);
  lead.after(line);
}

globalThis.document$.subscribe(place);
