// The picture of a room: seats, who sits there, and how they stand, as it changes.

import { bounds, neighbour, sideAfter, toBottom, turned } from "./geometry.js";
import { listen } from "./live.js";
import "./locks.js";
import { selection } from "./room-select.js";
import { language, showTimes } from "./times.js";
import { startEditor } from "./room-edit.js";
import { whole } from "./whole.js";

export const $ = (id) => document.getElementById(id);
export const root = $("room");
const words = JSON.parse(root.dataset.words);
export const say = (key, ...values) =>
  values.reduce((text, value, i) => text.replace(`{${i}}`, value), words[key] ?? key);

const states = Object.keys(words).filter((k) => k.startsWith("state.")).map((k) => k.slice(6));
const collator = new Intl.Collator(language, { numeric: true });
const remember = (key, value) => localStorage.setItem(`room-${root.dataset.name}-${key}`, value);
const recall = (key) => localStorage.getItem(`room-${root.dataset.name}-${key}`);

// What is shown. While somebody edits, drawn is their draft; tiles go on changing beneath it.
export const view = {
  version: "",
  layout: { front: "top", seats: [] },
  tiles: new Map(),
  draft: null,
  quarters: Number(recall("quarters") ?? 0),
  zoom: Number(recall("zoom") ?? 0),
  // Whoever looks at one after the other comes back to the same few.
  filter: history.state?.room ?? "",
};
const elements = new Map();

// A finger needs 44 pixels.
const GAP = 6;
const SMALLEST = 25;

export function adopt(now) {
  view.version = now.version;
  view.layout = now.layout;
  view.tiles = new Map(now.tiles.map((t) => [t.id, t]));
}
adopt(JSON.parse(root.dataset.now));

export const drawn = () => view.draft ?? view.layout;
const seatOf = (tile) => (view.draft ? (view.draft.put[tile.mac] ?? tile.seat) : tile.seat);

// Who sits where; of two on one seat the second has none.
export function sitting() {
  const seats = new Map();
  const names = new Set(drawn().seats.map((s) => s.name));
  const was = new Map(view.draft ? view.draft.seats.filter((s) => s.was).map((s) => [s.was, s.name]) : []);
  const tray = [];
  for (const tile of [...view.tiles.values()].sort((a, b) => (a.mac < b.mac ? -1 : 1))) {
    const put = view.draft && tile.mac in view.draft.put;
    const name = put || !was.has(tile.seat) ? seatOf(tile) : was.get(tile.seat);
    if (names.has(name) && !seats.has(name)) seats.set(name, tile);
    else tray.push(tile);
  }
  tray.sort((a, b) => !a.seat - !b.seat || collator.compare(a.seat, b.seat) || collator.compare(a.name, b.name));
  return { seats, tray };
}

const mould = document.createElement("template");
mould.innerHTML =
  '<div class="seat"><button type="button" class="face" tabindex="-1"><span class="t-seat"></span><svg class="t-sign" aria-hidden="true"><use></use></svg><span class="t-name"></span><span class="t-state"></span><span class="t-age"></span><span class="t-mark"></span><span class="t-bar"><i></i></span></button><input type="checkbox" class="form-check-input pick" tabindex="-1"></div>';
function make(key) {
  const element = mould.content.firstChild.cloneNode(true);
  element.dataset.key = key;
  return element;
}

export function stateText(tile) {
  return say(`state.${tile.state}`) + (tile.percent >= 0 ? ` ${tile.percent}\u00a0%` : "");
}

export function whyText(tile) {
  const quiet = ["", "OK", "MACHINE_REPORTED"].includes(tile.reason);
  return [quiet ? "" : say(`reason.${tile.reason}`), tile.sign && say(`room.js.sign-${tile.sign}`)]
    .filter(Boolean)
    .join(" · ");
}

// Where everything changes at once nothing is to stand out, and each glow costs the browser frames.
const MOST_FRESH = 40;
const fresh = new Set();
function glow() {
  for (const element of fresh) element.classList.remove("fresh");
  if (fresh.size > 0 && fresh.size <= MOST_FRESH) {
    // One layout for all of them: an animation begins anew only when it was seen to be gone.
    void root.offsetWidth;
    for (const element of fresh) element.classList.add("fresh");
  }
  fresh.clear();
}

// What each element shows: of two thousand most are as they were.
const shown = new WeakMap();
function paint(element, seat, tile) {
  const picked = selection.has(element.dataset.key);
  const looks = JSON.stringify([seat?.name, tile, picked, view.filter, Boolean(view.draft)]);
  if (shown.get(element) === looks) return;
  shown.set(element, looks);
  const face = element.firstChild;
  const [place, sign, name, word, age, mark, bar] = face.children;
  const state = tile?.state ?? "empty";
  if (element.dataset.state && element.dataset.state !== state) fresh.add(element);
  element.dataset.state = state;
  element.dataset.mac = tile?.mac ?? "";
  element.dataset.id = tile?.id ?? "";
  element.dataset.seat = seat?.name ?? "";
  face.className = `face s-${state}`;
  sign.firstChild.setAttribute("href", `#g-${state}`);
  place.textContent = seat?.name ?? "";
  name.textContent = tile?.name ?? "";
  word.textContent = tile ? stateText(tile) : say("room.js.empty");
  if (tile?.heard && age.firstChild?.dateTime !== tile.heard) {
    const time = document.createElement("time");
    time.dataset.short = "";
    time.dateTime = tile.heard;
    age.replaceChildren(time);
    showTimes(age);
  } else if (!tile?.heard) age.replaceChildren();
  mark.textContent = tile?.sign ? { quarantine: "⛒", alarm: "!", pending: "?" }[tile.sign] : "";
  mark.title = tile?.sign ? say(`room.js.sign-${tile.sign}`) : "";
  bar.hidden = !(tile?.percent >= 0);
  bar.firstChild.style.width = `${Math.max(0, tile?.percent ?? 0)}%`;
  const who = [seat && say("room.js.seat", seat.name), tile?.name, tile ? stateText(tile) : say("room.js.empty"), tile && whyText(tile)];
  const label = who.filter(Boolean).join(", ");
  face.setAttribute("aria-label", picked ? `${label}, ${say("room.js.selected")}` : label);
  face.title = tile ? [tile.name, whyText(tile)].filter(Boolean).join("\n") : "";
  const pick = element.lastChild;
  pick.hidden = !tile && !view.draft;
  pick.setAttribute("aria-label", say("room.js.select", tile?.name ?? seat?.name ?? ""));
  pick.checked = picked;
  element.classList.toggle("picked", picked);
  element.classList.toggle("dim", Boolean(view.filter) && state !== view.filter);
}

export function step() {
  const { width } = bounds(turned(drawn().seats, turns()));
  const fit = ($("scroll").clientWidth - 24) / (width + 1);
  const wide = Math.round(Math.min(72, Math.max(SMALLEST, Math.min(56, fit) + view.zoom * 8)));
  // Low tiles where they are wide enough for words: a room of five rows fits a screen.
  return { wide, high: Math.max(SMALLEST, Math.round(wide * 0.8)) };
}

export const turns = () => (view.draft ? 0 : view.quarters);

function place(element, seat, { wide, high }) {
  const box = { left: seat.x * wide, top: seat.y * high, width: 2 * wide - GAP, height: 2 * high - GAP };
  for (const [side, pixels] of Object.entries(box)) {
    if (element.style[side] !== `${pixels}px`) element.style[side] = `${pixels}px`;
  }
}

export function keyOf(seat, tile) {
  return seat ? `seat ${seat.name}` : `tray ${tile.id}`;
}

// Elements are kept, so that neither focus nor a tile under the pointer is lost.
export function draw() {
  const { seats, tray } = sitting();
  const picture = $("picture");
  const quarters = turns();
  const layout = turned(drawn().seats, quarters);
  const size = step();
  const keys = new Set();
  const next = new Map([[picture, picture.firstChild], [$("tray"), $("tray").firstChild]]);
  const put = (parent, key) => {
    keys.add(key);
    const element = elements.get(key) ?? make(key);
    elements.set(key, element);
    // What stands where it stood is left alone.
    if (next.get(parent) === element) next.set(parent, element.nextSibling);
    else parent.insertBefore(element, next.get(parent));
    return element;
  };
  const focus = document.activeElement;
  const front = $("front") ?? Object.assign(document.createElement("div"), { id: "front" });
  front.className = `front front-${sideAfter(drawn().front, quarters)}`;
  front.textContent = say("room.js.front");
  for (const seat of layout) {
    const element = put(picture, keyOf(seat));
    place(element, seat, size);
    paint(element, seat, seats.get(seat.name));
  }
  for (const tile of tray) {
    const element = put($("tray"), keyOf(null, tile));
    if (element.style.cssText) element.style.cssText = "";
    paint(element, null, tile);
  }
  for (const [key, element] of elements) {
    if (keys.has(key)) continue;
    element.remove();
    elements.delete(key);
  }
  const { width, height } = bounds(layout);
  if (picture.lastChild !== front) picture.append(front);
  picture.style.width = `${width * size.wide}px`;
  picture.style.height = `${height * size.high}px`;
  picture.classList.toggle("small", size.wide < 36);
  picture.classList.toggle("medium", size.wide >= 36 && size.wide < 48);
  $("scroll").hidden = layout.length === 0 && !view.draft;
  $("tray-box").hidden = tray.length === 0 && !view.draft;
  $("undrawn").hidden = layout.length > 0 || Boolean(view.draft) || !root.dataset.name;
  if (focus?.isConnected && focus !== document.body) focus.focus({ preventScroll: true });
  if (!picture.querySelector('.face[tabindex="0"]') && !$("tray").querySelector('.face[tabindex="0"]')) {
    root.querySelector(".face")?.setAttribute("tabindex", "0");
  }
  listRows(seats, tray);
  tally();
  selection.keep(keys);
  glow();
}

// Each where it sits now; who moved has been asked for anew.
function repaint(tiles, seats) {
  const places = new Map(drawn().seats.map((s) => [seats.get(s.name)?.id, s]));
  for (const tile of tiles) {
    const seat = places.get(tile.id) ?? null;
    const element = elements.get(keyOf(seat, tile));
    if (element) paint(element, seat, tile);
  }
  glow();
}

// The list's rows, by key; one that shows the same stays.
const listed = new Map();
function listRows(seats, tray) {
  if ($("list").hidden) return;
  const make = (seat, tile) => {
    const tr = Object.assign(document.createElement("tr"), { role: "row" });
    const cell = (text) => Object.assign(document.createElement("td"), { role: "cell", textContent: text });
    const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "form-check-input list-pick" });
    box.dataset.key = keyOf(seat, tile);
    box.checked = selection.has(box.dataset.key);
    box.setAttribute("aria-label", say("room.js.select", tile.name));
    const first = cell("");
    first.append(box);
    const name = cell("");
    name.append(Object.assign(document.createElement("a"), { textContent: tile.name, href: `/machines/${tile.id}` }));
    const state = cell("");
    state.append(Object.assign(document.createElement("span"), { textContent: stateText(tile), className: `stage s-${tile.state}` }));
    const age = cell("");
    if (tile.heard) age.append(Object.assign(document.createElement("time"), { dateTime: tile.heard }));
    tr.append(first, cell(seat?.name ?? tile.seat), name, state, cell(whyText(tile)), age);
    showTimes(tr);
    return tr;
  };
  const gone = new Set(listed.keys());
  let next = $("rows").firstChild;
  const put = (seat, tile) => {
    const key = keyOf(seat, tile);
    const looks = JSON.stringify(tile);
    let known = listed.get(key);
    if (known?.looks !== looks) {
      const tr = make(seat, tile);
      if (known) {
        const focused = known.tr.contains(document.activeElement) ? document.activeElement.tagName : "";
        if (next === known.tr) next = tr;
        known.tr.replaceWith(tr);
        if (focused) tr.querySelector(focused)?.focus();
      }
      listed.set(key, (known = { tr, looks }));
    }
    gone.delete(key);
    known.tr.hidden = Boolean(view.filter) && tile.state !== view.filter;
    if (next === known.tr) next = next.nextSibling;
    else $("rows").insertBefore(known.tr, next);
  };
  for (const seat of drawn().seats) if (seats.has(seat.name)) put(seat, seats.get(seat.name));
  for (const tile of tray) put(null, tile);
  for (const key of gone) {
    listed.get(key).tr.remove();
    listed.delete(key);
  }
}

function tally() {
  const counts = {};
  for (const tile of view.tiles.values()) counts[tile.state] = (counts[tile.state] ?? 0) + 1;
  $("count").textContent = view.tiles.size;
  for (const state of states) {
    let item = $(`tally-${state}`);
    if (!item) {
      item = Object.assign(document.createElement("li"), { id: `tally-${state}` });
      item.innerHTML = '<button type="button"><span></span> <b></b></button>';
      item.firstChild.className = `stage s-${state}`;
      item.firstChild.dataset.state = state;
      item.querySelector("span").textContent = say(`state.${state}`);
      $("tally").append(item);
    }
    item.hidden = !counts[state] && view.filter !== state;
    item.querySelector("b").textContent = counts[state] ?? 0;
    item.firstChild.setAttribute("aria-pressed", String(view.filter === state));
  }
}

// The panel beside the picture.
let open = null;
export async function show(element) {
  open = element.dataset.id || null;
  $("panel").hidden = false;
  // On a phone the panel covers the lower half.
  element.firstChild.scrollIntoView({ block: "nearest", inline: "nearest" });
  const body = $("panel-body");
  if (!open) {
    body.replaceChildren(
      Object.assign(document.createElement("h2"), { textContent: say("room.js.seat", element.dataset.seat) }),
      Object.assign(document.createElement("p"), { textContent: say("room.js.nobody-sits") }),
    );
    return;
  }
  await refreshPanel();
}
async function refreshPanel() {
  const id = open;
  const answer = await fetch(`/machines/${id}/panel`).catch(() => null);
  if (!answer?.ok || answer.redirected || id !== open) return;
  // Rendered by the server, which escapes whatever a machine said.
  $("panel-body").innerHTML = await answer.text();
  showTimes($("panel-body"));
}
function closePanel() {
  if ($("panel").hidden) return;
  const back = [...elements.values()].find((e) => e.dataset.id === open);
  $("panel").hidden = true;
  open = null;
  back?.firstChild.focus();
}

// What the stream brings, and what it cannot bring.
async function ask() {
  const answer = await fetch(`${root.dataset.path}/now`);
  if (answer.redirected || answer.status === 404) location.reload();
  return answer.ok && !answer.redirected ? answer.json() : null;
}
const all = whole(300, ask, (now, items) => {
  if (view.draft) view.tiles = new Map(now.tiles.map((t) => [t.id, t]));
  else adopt(now);
  draw();
  take(items);
});

let panelTimer = 0;
function take(items) {
  let anew = false;
  const moved = [];
  for (const item of items) {
    if (item.kind === "redrawn") anew = true;
    else if (item.id) {
      const old = view.tiles.get(item.id);
      if (!old || old.seat !== item.seat) anew = true;
      if (!old || JSON.stringify(old) === JSON.stringify({ ...item, seat: old.seat })) continue;
      moved.push(item);
      view.tiles.set(item.id, { ...item, seat: old.seat });
      if (item.id === open) {
        clearTimeout(panelTimer);
        panelTimer = setTimeout(refreshPanel, 400);
      }
    }
  }
  if (moved.length > 0) {
    const { seats, tray } = sitting();
    repaint(moved.map((tile) => view.tiles.get(tile.id)), seats);
    listRows(seats, tray);
    tally();
  }
  if (anew) all.want();
}

// Keys and pointers.
const faces = () => [...root.querySelectorAll(".face")].filter((f) => f.offsetParent);
export function focusOn(face) {
  root.querySelector('.face[tabindex="0"]')?.setAttribute("tabindex", "-1");
  face.setAttribute("tabindex", "0");
  face.focus();
  face.scrollIntoView({ block: "nearest", inline: "nearest" });
}
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
root.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return $("panel").hidden ? selection.clear() : closePanel();
  const face = event.target.closest(".face");
  if (!face) return;
  if (ARROWS[event.key] && !(view.draft && event.shiftKey)) {
    event.preventDefault();
    const boxes = faces().map((f) => Object.assign(f.getBoundingClientRect(), { face: f }));
    const from = face.getBoundingClientRect();
    const next = neighbour(boxes, from, ARROWS[event.key]);
    if (!next) return;
    focusOn(next.face);
    if (event.shiftKey) selection.add([face.parentNode.dataset.key, next.face.parentNode.dataset.key]);
  } else if (event.key === " ") {
    event.preventDefault();
    selection.toggle(face.parentNode.dataset.key);
  } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    selection.all();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("act"));
  } else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    focusOn(faces().at(event.key === "Home" ? 0 : -1));
  }
});
root.addEventListener("keyup", (event) => event.key === " " && event.target.closest(".face") && event.preventDefault());
root.addEventListener("click", (event) => {
  const seat = event.target.closest(".seat");
  if (!seat) return;
  if (event.target.classList.contains("pick")) {
    selection.toggle(seat.dataset.key);
    return;
  }
  const face = event.target.closest(".face");
  if (!face) return;
  focusOn(face);
  const many = $("select-mode").getAttribute("aria-pressed") === "true";
  if (event.ctrlKey || event.metaKey || many) selection.toggle(seat.dataset.key);
  else if (event.shiftKey) selection.upTo(seat.dataset.key);
  else if (view.draft) selection.only(seat.dataset.key);
  else {
    show(seat);
    if (event.detail === 0) $("panel-body").focus();
  }
});
$("panel-close").addEventListener("click", closePanel);
$("panel").addEventListener("keydown", (event) => event.key === "Escape" && (closePanel(), event.stopPropagation()));
$("rows").addEventListener("change", (event) => selection.toggle(event.target.dataset.key));
$("tally").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (event.ctrlKey || event.shiftKey || event.metaKey) return selection.state(button.dataset.state);
  view.filter = view.filter === button.dataset.state ? "" : button.dataset.state;
  history.replaceState({ room: view.filter }, "");
  draw();
});
const showAs = (list) => {
  $("list").hidden = !list;
  $("area").hidden = list;
  document.body.classList.toggle("as-list", list);
  $("as-list").setAttribute("aria-pressed", String(list));
  $("as-picture").setAttribute("aria-pressed", String(!list));
  remember("list", list ? "1" : "");
  draw();
};
$("as-list").addEventListener("click", () => showAs(true));
$("as-picture").addEventListener("click", () => showAs(false));
const turnTo = (quarters) => {
  view.quarters = quarters % 4;
  remember("quarters", view.quarters);
  $("teacher").setAttribute("aria-pressed", String(view.quarters === toBottom(view.layout.front)));
  draw();
};
$("turn").addEventListener("click", () => turnTo(view.quarters + 1));
$("teacher").addEventListener("click", () => {
  const wanted = toBottom(view.layout.front);
  turnTo(view.quarters === wanted ? 0 : wanted);
});
const zoomBy = (by) => {
  view.zoom = Math.max(-4, Math.min(5, view.zoom + by));
  remember("zoom", view.zoom);
  draw();
};
$("larger").addEventListener("click", () => zoomBy(1));
$("smaller").addEventListener("click", () => zoomBy(-1));
let width = 0;
new ResizeObserver(([{ contentRect }]) => {
  if (contentRect.width !== width) draw();
  width = contentRect.width;
}).observe($("scroll"));

selection.watch(elements, () => draw());
turnTo(view.quarters);
showAs(recall("list") === "1");
startEditor();
// A stream that begins, or comes back, tells by itself what is not as the page has it.
listen(`${root.dataset.path}/live?since=${root.dataset.since}`, (items) => (all.heard(items), take(items)), () => {});
