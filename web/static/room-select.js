// What is selected in the picture, and who is told of it.

const $ = (id) => document.getElementById(id);
const keys = new Set();
let last = null;
let elements = new Map();
let redraw = () => {};

const usable = (e) => e && (e.dataset.mac || document.body.classList.contains("editing"));
const box = (e) => e.getBoundingClientRect();

function tell() {
  for (const [key, element] of elements) {
    const picked = keys.has(key);
    element.classList.toggle("picked", picked);
    element.lastChild.checked = picked;
  }
  for (const check of document.querySelectorAll(".list-pick")) check.checked = keys.has(check.dataset.key);
  // While seats are drawn they are what is selected, and no machine is to be acted on.
  const editing = document.body.classList.contains("editing");
  const macs = editing ? [] : [...keys].map((k) => elements.get(k)?.dataset.mac).filter(Boolean);
  const words = JSON.parse($("room").dataset.words);
  $("picked").textContent = macs.length ? words["room.js.picked"].replace("{0}", macs.length) : "";
  $("select-none").disabled = keys.size === 0;
  $("select-row").disabled = keys.size === 0;
  document.dispatchEvent(new CustomEvent("selection", { detail: { macs } }));
  document.dispatchEvent(new CustomEvent("seats-selected", { detail: { keys: [...keys] } }));
}

function change(doIt) {
  const before = [...keys].join("\n");
  doIt();
  for (const key of [...keys]) if (!usable(elements.get(key))) keys.delete(key);
  if ([...keys].join("\n") !== before) tell();
}

export const selection = {
  has: (key) => keys.has(key),
  keys: () => [...keys],
  watch(map, draw) {
    elements = map;
    redraw = draw;
  },
  // What is no longer there is no longer selected.
  keep(there) {
    change(() => keys.forEach((key) => there.has(key) || keys.delete(key)));
  },
  add: (more) => change(() => more.forEach((key) => keys.add(key))),
  only: (key) => change(() => {
    keys.clear();
    keys.add(key);
    last = key;
  }),
  toggle: (key) => change(() => {
    if (!keys.delete(key)) keys.add(key);
    last = key;
  }),
  // Shift and click: the rectangle between this seat and the one before.
  upTo: (key) => change(() => {
    const [a, b] = [elements.get(last) ?? elements.get(key), elements.get(key)].map(box);
    within({
      left: Math.min(a.left, b.left), top: Math.min(a.top, b.top),
      right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom),
    }).forEach((k) => keys.add(k));
  }),
  all: () => change(() => elements.forEach((e, key) => e.classList.contains("dim") || keys.add(key))),
  state: (state) => change(() => elements.forEach((e, key) => e.dataset.state === state && keys.add(key))),
  row: () => change(() => {
    // Rows, not pairs of seats: of two thousand there are four million.
    const rows = [];
    const rowOf = (b) => rows.find((r) => Math.abs(r.top - b.top) < r.height / 2);
    for (const key of keys) {
      const mine = box(elements.get(key));
      if (!rowOf(mine)) rows.push(mine);
    }
    for (const [other, element] of elements) if (rowOf(box(element))) keys.add(other);
  }),
  clear: () => change(() => keys.clear()),
};

function within(area) {
  return [...elements].filter(([, e]) => {
    const b = box(e);
    return b.left < area.right && b.right > area.left && b.top < area.bottom && b.bottom > area.top;
  }).map(([key]) => key);
}

// A rectangle drawn on the background; with the finger only in select mode, or nobody could scroll.
const scroll = $("scroll");
let start = null;
let rubber = null;
let before = new Set();
const point = (event) => [event.clientX, event.clientY];
scroll.addEventListener("pointerdown", (event) => {
  const selecting = $("select-mode").getAttribute("aria-pressed") === "true";
  if (event.button !== 0 || event.target.closest(".seat")) return;
  if (event.pointerType === "touch" && !selecting) return;
  start = point(event);
  before = event.ctrlKey || event.shiftKey || selecting ? new Set(keys) : new Set();
  scroll.setPointerCapture(event.pointerId);
});
scroll.addEventListener("pointermove", (event) => {
  if (!start) return;
  const [x, y] = point(event);
  const area = { left: Math.min(x, start[0]), right: Math.max(x, start[0]), top: Math.min(y, start[1]), bottom: Math.max(y, start[1]) };
  if (!rubber) {
    if (area.right - area.left + area.bottom - area.top < 8) return;
    rubber = Object.assign(document.createElement("div"), { className: "rubber" });
    document.body.append(rubber);
  }
  for (const side of ["left", "top"]) rubber.style[side] = `${area[side]}px`;
  rubber.style.width = `${area.right - area.left}px`;
  rubber.style.height = `${area.bottom - area.top}px`;
  change(() => {
    keys.clear();
    before.forEach((key) => keys.add(key));
    within(area).forEach((key) => keys.add(key));
  });
});
const end = () => {
  // A mere click beside the seats gives the selection up.
  if (start && !rubber && before.size === 0) selection.clear();
  start = null;
  rubber?.remove();
  rubber = null;
};
scroll.addEventListener("pointerup", end);
scroll.addEventListener("pointercancel", end);

$("select-all").addEventListener("click", selection.all);
$("select-row").addEventListener("click", selection.row);
$("select-none").addEventListener("click", selection.clear);
$("select-mode").addEventListener("click", ({ target }) => {
  const on = target.getAttribute("aria-pressed") !== "true";
  target.setAttribute("aria-pressed", String(on));
  document.body.classList.toggle("selecting", on);
});
document.addEventListener("deselect", () => {
  selection.clear();
  redraw();
});
