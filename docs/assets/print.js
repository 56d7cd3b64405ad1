// The theme unfolds everything before it prints. Paper keeps what the reader has unfolded.
let printing = false;
addEventListener("beforeprint", () => (printing = true));
addEventListener("afterprint", () => (printing = false));

document.addEventListener("toggle", ({ target }) => {
  if (!printing && !matchMedia("print").matches) target.toggleAttribute("data-unfolded", target.open);
}, true);
