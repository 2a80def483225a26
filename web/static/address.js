// The map of addresses by keyboard, and an address shown over the page it was clicked on.

import { showTimes } from "./times.js";

const dialog = document.getElementById("address-dialog");
let opener = null;

const cells = () => [...document.querySelectorAll(".map a.cell")];

// One cell of the grid is in the order of the Tab key: the one where the keyboard last was.
function rove() {
  const all = cells();
  if (all.length && !all.some((cell) => cell.tabIndex === 0)) {
    (all.find((cell) => !/a-(outside|edge)\b/.test(cell.className)) ?? all[0]).tabIndex = 0;
  }
}

function go(to) {
  if (!to) return;
  for (const cell of cells()) cell.tabIndex = cell === to ? 0 : -1;
  to.focus();
}

// By what is seen: a phone shows fewer in a row.
function perRow(all) {
  const top = all[0].offsetTop;
  const second = all.findIndex((cell) => cell.offsetTop > top);
  return second < 0 ? all.length : second;
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(".map a.cell");
  if (!cell || event.altKey || event.metaKey) return;
  const all = cells();
  const at = all.indexOf(cell);
  const row = perRow(all);
  const first = at - (at % row);
  const target = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + row,
    ArrowUp: at - row,
    Home: event.ctrlKey ? 0 : first,
    End: event.ctrlKey ? all.length - 1 : Math.min(all.length, first + row) - 1,
    PageDown: Math.min(all.length - row + (at % row), at + 4 * row),
    PageUp: Math.max(at % row, at - 4 * row),
  }[event.key];
  if (event.key === " ") cell.click();
  else if (target === undefined) return;
  event.preventDefault();
  go(all[target]);
});

async function show(link) {
  let html;
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    html = await answer.text();
  } catch {
    location.href = link.href;
    return;
  }
  opener = link;
  dialog.innerHTML = html;
  dialog.append(closeButton());
  window.htmx.process(dialog);
  showTimes(dialog);
  const release = link.hash === "#release" && dialog.querySelector("#release");
  if (release) release.open = true;
  dialog.showModal();
  (release || dialog).querySelector(release ? "button" : ".dialog-close").focus();
}

function closeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn-close dialog-close";
  button.setAttribute("aria-label", dialog.dataset.close);
  button.addEventListener("click", () => dialog.close());
  return button;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-address]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.closest(".map")) go(link);
  show(link);
});
dialog?.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog?.addEventListener("close", () => opener?.isConnected && opener.focus());
// What became of it stands in the notice, under the dialog.
dialog?.addEventListener("htmx:afterRequest", () => dialog.close());
document.addEventListener("part", rove);
rove();
