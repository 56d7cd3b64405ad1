// What the theme forgets when a page arrives by instant navigation.

// While it is on its way, a reader's scrolling would be stored as the place in the new page.
let shown = location.pathname;
const replace = history.replaceState.bind(history);
history.replaceState = (state, title, ...address) => {
  if (address.length || location.pathname === shown) replace(state, title, ...address);
};

globalThis.document$.subscribe(() => {
  if (location.pathname === shown) return; // the first page, which was loaded whole
  shown = location.pathname;
  // The search that led here would go on taking keys.
  if (document.activeElement?.matches(".md-search__input")) document.activeElement.blur();
});
