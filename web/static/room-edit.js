// Drawing a room: on a draft of the layout, which is saved at once or not at all.

import { SEAT, difference, overlap, readingOrder } from "./geometry.js";
import { $, adopt, draw, focusOn, root, say, sitting, step, view } from "./room.js";
import { selection } from "./room-select.js";

const MAX_STEPS = 200;
let history = [];
let base = null;
let version = "";
let elsewhere = [];

const copy = (value) => JSON.parse(JSON.stringify(value));
const said = (...lines) => {
  $("e-said").replaceChildren(...lines.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
};
const isChanged = () => Boolean(view.draft) && history.length > 0;
const seatNames = () => selection.keys().filter((k) => k.startsWith("seat ")).map((k) => k.slice(5));
const picked = () => {
  const names = new Set(seatNames());
  return view.draft.seats.filter((s) => names.has(s.name));
};

// Each step can be taken back; one that changes nothing is none.
function edit(change) {
  const before = copy(view.draft);
  said();
  if (change(view.draft) === false || JSON.stringify(before) === JSON.stringify(view.draft)) {
    view.draft = before;
    draw();
    return false;
  }
  history.push(before);
  show();
  return true;
}

function show() {
  draw();
  $("e-undo").disabled = history.length === 0;
  $("e-front").value = view.draft.front;
  const seats = picked();
  $("e-delete").disabled = seats.length === 0;
  $("e-swap").disabled = seats.length !== 2;
  $("e-one").hidden = seats.length !== 1;
  if (seats.length !== 1) return;
  const { seats: who, tray } = sitting();
  const here = who.get(seats[0].name);
  if (document.activeElement !== $("e-name")) $("e-name").value = seats[0].name;
  const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
  const label = (t) => [t.name, t.seat && t !== here ? `(${t.seat})` : ""].join(" ").trim();
  $("e-machine").replaceChildren(
    option("", `(${say("room.js.nobody")})`),
    ...(here ? [option(here.mac, label(here))] : []),
    ...tray.map((t) => option(t.mac, label(t))),
    ...view.draft.seats.filter((s) => who.has(s.name) && who.get(s.name) !== here).map((s) => option(who.get(s.name).mac, label(who.get(s.name)))),
    ...elsewhere.filter((t) => !view.tiles.has(t.id)).map((t) => option(t.mac, label(t))),
  );
  $("e-machine").value = here?.mac ?? "";
}

// Two that would stand on one seat change places.
function seat(draft, mac, name) {
  const { seats } = sitting();
  const from = [...seats].find(([, tile]) => tile.mac === mac)?.[0] ?? "";
  const there = seats.get(name);
  const guest = elsewhere.find((t) => t.mac === mac);
  if (guest && !view.tiles.has(guest.id)) view.tiles.set(guest.id, guest);
  if (there && there.mac !== mac) draft.put[there.mac] = from;
  draft.put[mac] = name;
}

const fits = (draft, moved) =>
  moved.every((s) => s.x >= 0 && s.y >= 0 && s.x <= MAX_STEPS && s.y <= MAX_STEPS) &&
  moved.every((s) => draft.seats.every((o) => o === s || !overlap(o, s)));

function move(names, dx, dy) {
  const done = edit((draft) => {
    const seats = draft.seats.filter((s) => names.has(s.name));
    // A seat pushed beyond the edge pushes all the others away from it.
    const left = Math.min(...seats.map((s) => s.x + dx));
    const top = Math.min(...seats.map((s) => s.y + dy));
    seats.forEach((s) => Object.assign(s, { x: s.x + dx, y: s.y + dy }));
    if (left < 0) draft.seats.forEach((s) => (s.x -= left));
    if (top < 0) draft.seats.forEach((s) => (s.y -= top));
    return fits(draft, seats);
  });
  if (!done && (dx || dy)) said(say("room.js.occupied"));
}

function freePlace(draft) {
  const width = Math.max(8 * SEAT, ...draft.seats.map((s) => s.x + SEAT));
  for (let y = 0; ; y++) {
    for (let x = 0; x + SEAT <= width; x++) {
      if (draft.seats.every((s) => !overlap(s, { x, y }))) return { x, y };
    }
  }
}

function freeName(draft) {
  const names = new Set(draft.seats.map((s) => s.name));
  let n = draft.seats.length + 1;
  while (names.has(String(n))) n++;
  return String(n);
}

function rename(name, wanted) {
  const text = wanted.trim();
  if (!text || text === name) return;
  if (view.draft.seats.some((s) => s.name === text)) {
    said(say("room.js.seat", text));
    return;
  }
  edit((draft) => {
    draft.seats.find((s) => s.name === name).name = text;
    for (const mac in draft.put) if (draft.put[mac] === name) draft.put[mac] = text;
  });
  selection.only(`seat ${text}`);
}

function numberAnew() {
  edit((draft) => {
    const some = picked().length > 1 ? picked() : draft.seats;
    const others = new Set(draft.seats.filter((s) => !some.includes(s)).map((s) => s.name));
    const names = new Map();
    let n = 1;
    for (const each of readingOrder(some, draft.front)) {
      while (others.has(String(n))) n++;
      names.set(each, String(n++));
    }
    for (const mac in draft.put) {
      const at = draft.seats.find((s) => s.name === draft.put[mac]);
      if (names.has(at)) draft.put[mac] = names.get(at);
    }
    names.forEach((name, each) => (each.name = name));
    draft.seats.sort((a, b) => some.includes(a) && some.includes(b) ? Number(a.name) - Number(b.name) : 0);
  });
  selection.clear();
}

async function layOut(form) {
  const query = new URLSearchParams(new FormData(form));
  query.set("front", view.draft.front);
  const answer = await fetch(`${root.dataset.path}/rows?${query}`).catch(() => null);
  const made = await answer?.json().catch(() => null);
  if (!answer?.ok || !made) return said(...(made?.lines ?? [say("room.js.offline")]));
  edit((draft) => {
    const was = new Map(draft.seats.map((s) => [s.name, s.was]));
    draft.seats = made.seats.map((s) => ({ ...s, was: was.get(s.name) ?? "" }));
  });
  selection.clear();
}

// Dragging, with the mouse or a finger, snapped to the grid.
let drag = null;
function grab(event) {
  const element = event.target.closest(".seat");
  if (!view.draft || !element || event.button !== 0 || event.target.closest(".pick")) return;
  if (event.ctrlKey || event.shiftKey || event.metaKey) return;
  const { seat: name, mac } = element.dataset;
  drag = { element, mac, name, x: event.clientX, y: event.clientY, moved: false, id: event.pointerId };
}
function pull(event) {
  if (!drag || event.pointerId !== drag.id) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.abs(dx) + Math.abs(dy) < 6) return;
  if (!drag.moved) {
    drag.moved = true;
    drag.element.setPointerCapture(drag.id);
    drag.with = drag.name && selection.has(`seat ${drag.name}`) ? new Set(seatNames()) : new Set([drag.name]);
    document.body.classList.add("dragging");
  }
  event.preventDefault();
  const pulled = drag.name
    ? [...$("picture").children].filter((e) => drag.with.has(e.dataset.seat))
    : [drag.element];
  pulled.forEach((e) => {
    e.style.transform = `translate(${dx}px, ${dy}px)`;
    e.classList.add("pulled");
  });
}
function drop(event) {
  if (!drag || event.pointerId !== drag.id) return;
  const { moved, name, mac, element } = drag;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  const names = drag.with;
  drag = null;
  if (!moved) return;
  document.body.classList.remove("dragging");
  for (const e of root.querySelectorAll(".pulled")) {
    e.style.transform = "";
    e.classList.remove("pulled");
  }
  // The click that ends a drag is none; it comes at once, or not at all.
  const swallow = (e) => (e.stopPropagation(), e.preventDefault());
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
  if (event.type === "pointercancel") return draw();
  if (name) return move(names, Math.round(dx / step().wide), Math.round(dy / step().high));
  const under = document.elementsFromPoint(event.clientX, event.clientY);
  const target = under.map((e) => e.closest?.(".seat")).find((e) => e && e !== element && e.dataset.seat);
  if (target) edit((draft) => seat(draft, mac, target.dataset.seat));
}

function undo() {
  if (history.length === 0) return;
  view.draft = history.pop();
  said();
  show();
}

function begin() {
  base = copy(view.layout);
  version = view.version;
  history = [];
  view.draft = { front: base.front, seats: base.seats.map((s) => ({ ...s, was: s.name })), put: {} };
  view.filter = "";
  document.body.classList.add("editing");
  $("editor").hidden = false;
  $("edit").hidden = true;
  $("panel").hidden = true;
  if (document.body.classList.contains("as-list")) $("as-picture").click();
  if (base.seats.length === 0) $("e-rows").open = true;
  fetch("/rooms/-/now").then((a) => (a.ok && !a.redirected ? a.json() : { tiles: [] })).then((now) => {
    elsewhere = now.tiles.map((t) => ({ ...t, seat: "" }));
    if (view.draft) show();
  }).catch(() => {});
  selection.clear();
  show();
}

function leave() {
  view.draft = null;
  history = [];
  document.body.classList.remove("editing");
  $("editor").hidden = true;
  $("edit").hidden = false;
  said();
  selection.clear();
  draw();
}

async function refresh() {
  const answer = await fetch(`${root.dataset.path}/now`);
  adopt(await answer.json());
}

async function save() {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
  const { front, seats, put } = view.draft;
  const answer = await fetch(`${root.dataset.path}/layout`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "If-Match": version, "X-CSRF-Token": token },
    body: JSON.stringify({ front, seats, machines: put }),
  }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (answer?.ok && told?.version) {
    await refresh();
    leave();
    $("edit").focus();
    $("picked").textContent = say("room.js.saved");
  } else if (answer?.status === 409 && told?.layout) conflict(told);
  else said(...(told?.lines ?? (told?.detail ? [told.detail] : [say("room.js.offline")])));
}

// The second of two who draw is told what the first did, and chooses; nothing is lost either way.
function conflict(told) {
  const { added, gone, moved, front } = difference(base, told.layout);
  const lines = [say("room.js.conflict")];
  if (added.length) lines.push(say("room.js.theirs-added", added.join(", ")));
  if (gone.length) lines.push(say("room.js.theirs-gone", gone.join(", ")));
  if (moved.length) lines.push(say("room.js.theirs-moved", moved.join(", ")));
  if (front) lines.push(say("room.js.theirs-front"));
  if (lines.length === 1) lines.push(say("room.js.theirs-sits"));
  said(...lines);
  const button = (id, text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", id, className: "btn btn-sm", textContent: text });
    made.addEventListener("click", act);
    $("e-said").append(made, " ");
    return made;
  };
  button("e-mine", say("room.js.keep-mine"), () => {
    version = told.version;
    base = told.layout;
    save();
  }).focus();
  button("e-theirs", say("room.js.take-theirs"), async () => {
    await refresh();
    version = view.version;
    base = copy(view.layout);
    edit((draft) => Object.assign(draft, { front: base.front, seats: base.seats.map((s) => ({ ...s, was: s.name })), put: {} }));
  });
}

export function startEditor() {
  if (!$("edit")) return;
  $("edit").addEventListener("click", begin);
  $("e-save").addEventListener("click", save);
  $("e-undo").addEventListener("click", undo);
  $("e-cancel").addEventListener("click", () => (!isChanged() || confirm(say("room.js.unsaved"))) && leave());
  $("e-add").addEventListener("click", () => {
    let name = "";
    edit((draft) => {
      name = freeName(draft);
      draft.seats.push({ name, was: "", ...freePlace(draft) });
    });
    selection.only(`seat ${name}`);
    const made = [...$("picture").children].find((e) => e.dataset.seat === name);
    if (made) focusOn(made.firstChild);
  });
  const remove = () => {
    const names = new Set(seatNames());
    if (names.size) edit((draft) => (draft.seats = draft.seats.filter((s) => !names.has(s.name))).length >= 0);
  };
  $("e-delete").addEventListener("click", remove);
  $("e-number").addEventListener("click", numberAnew);
  $("e-swap").addEventListener("click", () => {
    const [one, other] = picked().map((s) => s.name);
    const { seats } = sitting();
    const [a, b] = [seats.get(one), seats.get(other)];
    edit((draft) => {
      if (a) draft.put[a.mac] = other;
      if (b) draft.put[b.mac] = one;
    });
  });
  $("e-front").addEventListener("change", ({ target }) => edit((draft) => (draft.front = target.value)));
  $("e-name").addEventListener("change", ({ target }) => rename(picked()[0].name, target.value));
  $("e-name").addEventListener("keydown", (event) => event.key === "Enter" && event.target.blur());
  $("e-machine").addEventListener("change", ({ target }) => {
    const name = picked()[0].name;
    const here = sitting().seats.get(name);
    edit((draft) => {
      if (target.value) seat(draft, target.value, name);
      else if (here) draft.put[here.mac] = "";
    });
  });
  $("e-rows-form").addEventListener("submit", (event) => {
    event.preventDefault();
    layOut(event.target);
  });
  document.addEventListener("seats-selected", () => view.draft && show());
  const around = root;
  around.addEventListener("pointerdown", grab);
  addEventListener("pointermove", pull, { passive: false });
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", drop);
  root.addEventListener("keydown", (event) => {
    if (!view.draft) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const face = event.target.closest(".face");
    if (step && event.shiftKey && face) {
      event.preventDefault();
      const { key, seat: name } = face.parentNode.dataset;
      if (!name) return;
      const names = selection.has(key) ? new Set(seatNames()) : new Set([name]);
      move(names, ...step);
    } else if (event.key === "Delete") remove();
    else if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      undo();
    }
  });
  addEventListener("beforeunload", (event) => isChanged() && event.preventDefault());
  if (new URLSearchParams(location.search).has("edit")) begin();
}
