// The editor of a site file: a plain text field with a gutter, checked as one types.

import { listen } from "./live.js";
import { showTimes } from "./times.js";

const $ = (id) => document.getElementById(id);
const form = $("editor");
const text = $("text");
const gutter = $("gutter");
const words = form.dataset;
const path = words.path;
const stash = `edit:${path}`;
const chosen = "edit-machine";
const editor = crypto.getRandomValues(new Uint32Array(4)).join("-");
const csrf = form.elements.csrf.value;

// What stood on disk when this text was begun, and its hash; savedAt: when we saved, until in force.
let base = text.value;
let hash = words.hash;
let savedAt = null;
let lateTimer = 0;

const lines = (value) => value.split("\n").length;
const edited = () => text.value !== base;

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function show(place, html) {
  place.replaceChildren(fragment(html));
  showTimes(place);
}

async function post(url, fields, signal) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ path, text: text.value, ...fields })) body.set(name, value);
  const answer = await fetch(url, { method: "POST", body, signal, headers: { "X-CSRF-Token": csrf, "HX-Request": "true" } });
  if (answer.headers.get("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
  return { status: answer.status, html: await answer.text() };
}

// ---- the gutter

let marks = new Map();

function drawGutter() {
  const count = lines(text.value);
  while (gutter.children.length > count) gutter.lastChild.remove();
  while (gutter.children.length < count) {
    const line = document.createElement("div");
    line.textContent = gutter.children.length + 1;
    gutter.append(line);
  }
  [...gutter.children].forEach((line, i) => {
    const mark = marks.get(i + 1) ?? "";
    if (line.className !== mark) line.className = mark;
  });
  gutter.style.height = `${text.clientHeight}px`;
  gutter.scrollTop = text.scrollTop;
}

function takeMarks() {
  marks = new Map();
  for (const button of $("findings").querySelectorAll("[data-line]")) {
    const line = Math.min(Number(button.dataset.line), lines(text.value));
    if (marks.get(line) !== "m-error") marks.set(line, `m-${button.dataset.severity}`);
  }
  text.toggleAttribute("aria-invalid", [...marks.values()].includes("m-error"));
  drawGutter();
}

function goTo(line) {
  const all = text.value.split("\n");
  const start = all.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (all[line - 1] ?? "").length);
  const height = text.scrollHeight / all.length;
  text.scrollTop = Math.max(0, (line - 5) * height);
}

// ---- checking as one types; who types on gives the answer up

let checking = null;
let looking = null;
let checkTimer = 0;
let lookTimer = 0;

function checkSoon(pause) {
  clearTimeout(checkTimer);
  clearTimeout(lookTimer);
  checking?.abort();
  looking?.abort();
  checkTimer = setTimeout(check, pause);
}

async function check() {
  checking = new AbortController();
  const { signal } = checking;
  document.querySelector(".ed-preview").classList.add("stale");
  const slow = setTimeout(() => { $("summary").textContent = words.checking; }, 1500);
  try {
    const answer = await post("/files/check", { machine: $("machine").value }, signal);
    if (answer.status !== 200) {
      const said = fragment(answer.html).textContent.trim().replace(/\s+/g, " ");
      $("summary").textContent = words.unchecked.replace("{0}", said);
      $("findings").replaceChildren();
      takeMarks();
      return;
    }
    const parts = fragment(answer.html);
    const open = new Map([...$("preview").querySelectorAll("details")].map((d) => [d.id, d.open]));
    for (const part of parts.querySelectorAll("[data-part]")) {
      const place = $(part.dataset.part);
      // A screen reader speaks what is put in anew: not the same words for every key.
      if (place.innerHTML !== part.innerHTML) place.replaceChildren(...part.childNodes);
    }
    for (const part of $("preview").querySelectorAll("details")) {
      if (open.has(part.id)) part.open = open.get(part.id);
    }
    document.querySelector(".ed-preview").classList.remove("stale");
    takeMarks();
    lookTimer = setTimeout(() => look(false), 300);
  } catch (failure) {
    if (failure.name !== "AbortError") $("summary").textContent = words.unchecked.replace("{0}", failure.message);
  } finally {
    clearTimeout(slow);
  }
}

async function look(all) {
  if (!edited()) {
    $("affected").replaceChildren($("unchanged").content.cloneNode(true));
    return;
  }
  looking = new AbortController();
  try {
    const answer = await post("/files/affected", { editor, all: all ? "1" : "" }, looking.signal);
    if (answer.status === 200) show($("affected"), answer.html);
  } catch (failure) {
    if (failure.name !== "AbortError") throw failure;
  }
}

// ---- what is typed is not lost

function remember() {
  try {
    if (edited()) sessionStorage.setItem(stash, JSON.stringify({ text: text.value, base, hash }));
    else sessionStorage.removeItem(stash);
  } catch {
    // Full or forbidden: then a reload loses what was typed, as in any form.
  }
  $("discard").hidden = !edited();
  document.title = document.title.replace(/^(\* )?/, edited() ? "* " : "");
}

function put(value) {
  text.value = value;
  drawGutter();
  remember();
  checkSoon(0);
}

function say(message) {
  const notice = document.createElement("p");
  notice.className = "alert alert-info";
  const span = document.createElement("span");
  span.textContent = message;
  notice.append(span);
  $("outcome").replaceChildren(notice);
}

// ---- changed on disk by somebody else

async function compare() {
  const answer = await post("/files/compare", { base });
  if (answer.status !== 200) return;
  const parts = fragment(answer.html);
  const card = parts.querySelector("[data-hash]");
  const [now, theirs, merged] = [card.dataset.hash, parts.querySelector("#theirs").value, parts.querySelector("#merged")?.value];
  if (!edited()) {
    base = theirs;
    hash = now;
    $("overtaken").replaceChildren();
    put(theirs);
    say(words.reloaded);
    return;
  }
  card.querySelector("#theirs").remove();
  card.querySelector("#merged")?.remove();
  $("overtaken").replaceChildren(card);
  for (const button of card.querySelectorAll("[data-take]")) {
    button.addEventListener("click", () => {
      const mine = text.value;
      base = theirs;
      hash = now;
      put({ merged, mine, theirs }[button.dataset.take]);
      $("overtaken").replaceChildren();
      $("outcome").replaceChildren();
      text.focus();
    });
  }
}

async function look4state() {
  const answer = await fetch(`/files/state?path=${encodeURIComponent(path)}&since=${savedAt ?? ""}`);
  if (!answer.ok || answer.redirected) return;
  show($("state"), await answer.text());
  const state = $("state").querySelector("[data-on-disk]");
  if (state.dataset.state === "in-force" && savedAt) {
    savedAt = null;
    clearTimeout(lateTimer);
    checkSoon(0);
  }
  if (state.dataset.onDisk !== hash) await compare();
}

// ---- saving

async function outcome(answer) {
  show($("outcome"), answer.html);
  const told = $("outcome").querySelector("[data-outcome]")?.dataset;
  $("accept-row").hidden = told?.outcome !== "warnings";
  if (told?.outcome === "warnings") $("accept").focus();
  if (told?.outcome === "CHANGED") await compare();
  return told;
}

async function save() {
  const typed = text.value;
  $("save").disabled = true;
  try {
    const told = await outcome(await post("/files/save", { hash, ...($("accept").checked ? { accept: "true" } : {}) }));
    if (told?.outcome !== "saved") return;
    taken(typed, told);
  } catch (failure) {
    say(words.unchecked.replace("{0}", failure.message));
  } finally {
    $("save").disabled = false;
  }
}

function taken(value, told) {
  base = value;
  hash = told.hash;
  savedAt = told.at;
  $("accept").checked = false;
  $("undo").hidden = false;
  remember();
  look4state();
  clearTimeout(lateTimer);
  lateTimer = setTimeout(() => {
    if (!savedAt) return;
    const late = document.createElement("span");
    late.className = "ed-state st-late";
    late.textContent = words.late;
    $("state").replaceChildren(late);
  }, 20000);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
$("undo").addEventListener("click", async () => {
  const told = await outcome(await post("/files/undo", $("accept").checked ? { accept: "true" } : {}));
  if (told?.outcome === "removed") location.assign("/files");
  if (told?.outcome !== "saved") return;
  const answer = await fragmentOfDisk();
  put(answer);
  taken(answer, told);
});
async function fragmentOfDisk() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  return page.getElementById("text").value;
}
$("delete")?.addEventListener("click", async (event) => {
  if (!confirm(event.target.dataset.sure)) return;
  const told = await outcome(await post("/files/delete", { hash }));
  if (told?.outcome !== "removed") return;
  sessionStorage.removeItem(stash);
  location.assign("/files");
});
$("discard").addEventListener("click", () => {
  put(base);
  $("outcome").replaceChildren();
  text.focus();
});

// ---- keys. Tab indents only once something was typed since the text got the focus, and not after
// Esc: who passes through with Tab is not caught.

let indents = false;

function insert(value) {
  // Unlike an assignment, this can be undone with Ctrl+Z.
  if (!document.execCommand("insertText", false, value)) text.setRangeText(value, text.selectionStart, text.selectionEnd, "end");
}

text.addEventListener("focus", () => { indents = false; });
text.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    indents = false;
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  } else if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey && indents) {
    event.preventDefault();
    insert("  ");
  } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.isComposing) {
    const before = text.value.slice(0, text.selectionStart);
    const indent = before.slice(before.lastIndexOf("\n") + 1).match(/^ */)[0];
    if (indent) {
      event.preventDefault();
      insert(`\n${indent}`);
    }
  }
});
text.addEventListener("input", () => {
  indents = true;
  drawGutter();
  remember();
  checkSoon(400);
});
text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; }, { passive: true });
new ResizeObserver(drawGutter).observe(text);
$("findings").addEventListener("click", (event) => {
  const button = event.target.closest("[data-line]");
  if (button) goTo(Number(button.dataset.line));
});
$("affected").addEventListener("click", (event) => event.target.id === "look-at-all" && look(true));

// ---- the machine of the preview

let findTimer = 0;
$("machine").value = localStorage.getItem(chosen) ?? "";
$("machine").addEventListener("input", () => {
  clearTimeout(findTimer);
  findTimer = setTimeout(async () => {
    const answer = await fetch(`/files/machines?q=${encodeURIComponent($("machine").value)}`);
    if (answer.ok) $("machines").replaceChildren(fragment(await answer.text()));
  }, 200);
  checkSoon(400);
});
$("machine").addEventListener("change", () => {
  localStorage.setItem(chosen, $("machine").value);
  checkSoon(0);
});

// ---- begin

try {
  const kept = JSON.parse(sessionStorage.getItem(stash) ?? "null");
  if (kept && kept.text !== base) {
    text.value = kept.text;
    const overtaken = kept.hash !== hash;
    base = kept.base;
    hash = kept.hash;
    say(words.restored);
    if (overtaken) compare();
  }
} catch {
  sessionStorage.removeItem(stash);
}
drawGutter();
remember();
checkSoon(0);
listen(words.live, look4state, look4state);
