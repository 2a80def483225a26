// What every page has: ages that stay true, the notice that is scrolled to, parts that are asked for
// anew when the server says that they changed. A page's own behaviour is in a module of its name.

import "./forms.js";
import { listen } from "./live.js";
import { stackTables } from "./tables.js";
import { showTimes } from "./times.js";

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "notice") event.detail.target.scrollIntoView({ block: "nearest" });
});
showTimes(document);
stackTables(document);
setInterval(() => showTimes(document), 5000);
document.body.addEventListener("htmx:load", ({ detail }) => {
  showTimes(detail.elt);
  stackTables(detail.elt);
});

const menu = document.getElementById("menu-button");
function unfold(open) {
  menu.setAttribute("aria-expanded", String(open));
  document.getElementById("menu").classList.toggle("open", open);
}
menu?.addEventListener("click", () => unfold(menu.getAttribute("aria-expanded") === "false"));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || menu?.getAttribute("aria-expanded") !== "true") return;
  unfold(false);
  menu.focus();
});

// <div data-refresh="/live?…" hx-trigger="live">: htmx fetches it again at each change.
for (const part of document.querySelectorAll("[data-refresh]")) {
  // By its name: what comes back takes the part's place.
  const refresh = () => window.htmx.trigger(`#${part.id}`, "live");
  listen(part.dataset.refresh, refresh, refresh);
}
