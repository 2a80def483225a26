// The list of machines: filter, selection, rows that change by themselves.

import { listen } from "./live.js";
import { mark } from "./locks.js";
import { language, showTimes } from "./times.js";

const $ = (id) => document.getElementById(id);
const rows = $("rows");
// Whoever looks at one after the other comes back to the same few.
const kept = history.state?.machines ?? { text: "", state: "" };
$("filter").value = kept.text;
let stateFilter = kept.state;
let told = "";
let lastPicked = null;

function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

// Two thousand rows are folded once, when somebody first types; a row that changed is another row.
const folded = new WeakMap();
function textOf(row) {
  if (!folded.has(row)) folded.set(row, fold(row.textContent));
  return folded.get(row);
}

function applyFilter() {
  const words = fold($("filter").value).split(/\s+/).filter(Boolean);
  let shown = 0;
  const tally = {};
  for (const row of rows.rows) {
    const state = row.dataset.state;
    tally[state] = (tally[state] ?? 0) + 1;
    const fits =
      (!stateFilter || state === stateFilter) && words.every((w) => textOf(row).includes(w));
    if (row.hidden === fits) row.hidden = !fits;
    if (fits) shown++;
  }
  $("count").textContent = rows.rows.length;
  $("nothing").hidden = shown > 0;
  $("empty").hidden = rows.rows.length > 0;
  $("list").hidden = rows.rows.length === 0;
  for (const button of document.querySelectorAll("#tally button")) {
    const count = tally[button.dataset.state] ?? 0;
    button.querySelector("b").textContent = count;
    button.parentElement.hidden = count === 0 && button.dataset.state !== stateFilter;
    button.setAttribute("aria-pressed", String(button.dataset.state === stateFilter));
  }
  showSelection();
}

// What the filter hides is not selected: nobody assigns a role to a machine he does not see.
const boxOf = (row) => row.cells[0].firstElementChild;
function picked() {
  return [...rows.rows].filter((r) => !r.hidden && boxOf(r).checked);
}

function showSelection() {
  const macs = [];
  let visible = 0;
  for (const row of rows.rows) {
    const box = boxOf(row);
    if (row.hidden) box.checked = false;
    else visible++;
    if (box.checked) macs.push(box.value);
    if (row.classList.contains("picked") !== box.checked) row.classList.toggle("picked", box.checked);
  }
  const count = macs.length;
  $("all").checked = count > 0 && count === visible;
  $("all").indeterminate = count > 0 && count < visible;
  if (macs.join() !== told) {
    told = macs.join();
    document.dispatchEvent(new CustomEvent("selection", { detail: { macs } }));
  }
}

function parseRow(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("tr");
}

// As the server sorts: by room, seat and name, pc2 before pc10, those without at the end.
const collator = new Intl.Collator(language, { numeric: true });
function comesBefore(row, other) {
  for (const key of ["room", "seat", "name"]) {
    const [a, b] = [row.dataset[key], other.dataset[key]];
    if (a !== b) return a && b ? collator.compare(a, b) < 0 : Boolean(a);
  }
  return false;
}

// What a row says, without what the page itself put there: ages in words, what is ticked.
function says(row) {
  const cells = [...row.cells].map((c) => c.querySelector("time")?.dateTime ?? c.textContent);
  return [row.dataset.state, ...cells].join("\n");
}

function takeRow({ id, html, row = html && parseRow(html) }, isFlood) {
  const old = $(`row-${id}`);
  if (!row) {
    old?.remove();
    return;
  }
  if (old && says(old) === says(row)) return;
  showTimes(row);
  if (!old) {
    rows.insertBefore(row, [...rows.rows].find((other) => comesBefore(row, other)) ?? null);
  } else {
    row.querySelector("[name=mac]").checked = old.querySelector("[name=mac]").checked;
    const focus = old.contains(document.activeElement) ? document.activeElement.tagName : null;
    const moved = old.dataset.state !== row.dataset.state;
    old.replaceWith(row);
    if (focus) row.querySelector(focus.toLowerCase())?.focus();
    if (!moved) return;
  }
  if (!isFlood) row.classList.add("fresh");
}

function takeBatch(batch) {
  // Where everything changes nothing is to stand out.
  const isFlood = batch.length > 40;
  for (const item of batch) takeRow(item, isFlood);
  mark(rows);
  applyFilter();
}

// Not by a reload: that would lose what is selected, filtered or half typed.
async function catchUp() {
  const answer = await fetch(location.href);
  if (answer.redirected) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = new Set();
  for (const row of page.querySelectorAll("#rows tr")) {
    now.add(row.id);
    takeRow({ id: row.id.slice("row-".length), row: document.adoptNode(row) });
  }
  for (const row of [...rows.rows]) if (!now.has(row.id)) row.remove();
  applyFilter();
}

function refilter() {
  history.replaceState({ machines: { text: $("filter").value, state: stateFilter } }, "");
  applyFilter();
}

$("filter").addEventListener("input", refilter);
$("filter").addEventListener("keydown", (e) => e.key === "Enter" && e.preventDefault());
$("all").addEventListener("change", (event) => {
  for (const row of rows.rows) {
    if (!row.hidden) row.querySelector("[name=mac]").checked = event.target.checked;
  }
  showSelection();
});
rows.addEventListener("change", showSelection);
$("tally").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  stateFilter = stateFilter === button.dataset.state ? "" : button.dataset.state;
  refilter();
});
// With Shift, all from the one picked before; Enter leads to what can be done to them.
rows.addEventListener("click", (event) => {
  const box = event.target.closest("[name=mac]");
  if (!box) return;
  const visible = [...rows.rows].filter((r) => !r.hidden);
  const [from, to] = [lastPicked, box.closest("tr").id].map((id) => visible.findIndex((r) => r.id === id));
  if (event.shiftKey && from >= 0 && to >= 0) {
    for (const row of visible.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      row.querySelector("[name=mac]").checked = box.checked;
    }
  }
  lastPicked = box.closest("tr").id;
  showSelection();
});
rows.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[name=mac]")) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("act"));
  }
});
document.addEventListener("reselect", () => {
  told = "";
  showSelection();
});
document.addEventListener("deselect", () => {
  for (const row of picked()) row.querySelector("[name=mac]").checked = false;
  showSelection();
});
applyFilter();
listen(rows.dataset.live, takeBatch, catchUp);
