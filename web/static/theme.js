// Loaded before the style sheets, so that no light page flashes up in a dark room.
const dark = matchMedia("(prefers-color-scheme: dark)");
const apply = () =>
  document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
apply();
dark.addEventListener("change", apply);
// What only a script can open may be shut, for there is one.
document.documentElement.setAttribute("data-js", "");
