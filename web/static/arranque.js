// The little behaviour that htmx does not bring: live rows, filter, selection, ages.
// htmx's bundled dist/ext/sse.js is not used: it calls htmx 1 internals that htmx 2 has dropped,
// and it would swap once per event where we take a batch per frame.

const $ = (id) => document.getElementById(id);
const rows = $("rows");
let stateFilter = "";

const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const language = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });

export function age(seconds) {
  const [unit, size] = units.find(([, s]) => Math.abs(seconds) >= s) ?? units[3];
  // What lies ahead is rounded: a lease of 12 hours just given does not end "in 11".
  const count = seconds > 0 ? Math.round(seconds / size) : Math.trunc(seconds / size);
  return relative.format(count, unit);
}

function showTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const today = at.toDateString() === new Date().toDateString();
    const text =
      "clock" in time.dataset ? (today ? clock : day).format(at) : age((at - Date.now()) / 1000);
    if (time.textContent !== text) time.textContent = text;
    if (!time.title) time.title = full.format(at);
  }
}

function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

function applyFilter() {
  if (!rows) return;
  const words = fold($("filter").value).split(/\s+/).filter(Boolean);
  let shown = 0;
  const tally = {};
  for (const row of rows.rows) {
    const state = row.dataset.state;
    tally[state] = (tally[state] ?? 0) + 1;
    const text = fold(row.textContent);
    const fits = (!stateFilter || state === stateFilter) && words.every((w) => text.includes(w));
    row.hidden = !fits;
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
function picked() {
  return [...rows.rows].filter((r) => !r.hidden && r.querySelector("[name=mac]").checked);
}

function showSelection() {
  for (const row of rows.rows) {
    const box = row.querySelector("[name=mac]");
    if (row.hidden) box.checked = false;
    row.classList.toggle("picked", box.checked);
  }
  const count = picked().length;
  const visible = [...rows.rows].filter((r) => !r.hidden).length;
  const button = $("assign-button");
  button.disabled = count === 0;
  button.textContent = button.dataset.label.replace("{0}", count ? `(${count})` : "").trim();
  $("all").checked = count > 0 && count === visible;
  $("all").indeterminate = count > 0 && count < visible;
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

function takeRow({ id, html }) {
  const old = $(`row-${id}`);
  if (!html) {
    old?.remove();
    return;
  }
  const row = parseRow(html);
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
  row.classList.add("fresh");
}

function takeBatch(batch) {
  if (rows) {
    batch.forEach(takeRow);
    showTimes(rows);
    applyFilter();
  } else {
    window.htmx.trigger("[data-live]", "live");
  }
}

// Not by a reload: that would lose what is selected, filtered or half typed.
async function catchUp() {
  if (!rows) {
    window.htmx.trigger("[data-live]", "live");
    return;
  }
  const answer = await fetch("/");
  if (answer.redirected) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = new Set();
  for (const row of page.querySelectorAll("#rows tr")) {
    now.add(row.id);
    takeRow({ id: row.id.slice("row-".length), html: row.outerHTML });
  }
  for (const row of [...rows.rows]) if (!now.has(row.id)) row.remove();
  showTimes(rows);
  applyFilter();
}

function listen(path) {
  const source = new EventSource(path);
  let pending = [];
  let opened = false;
  source.addEventListener("open", () => {
    $("offline").hidden = true;
    // What happened while we were cut off is not sent again.
    if (opened) catchUp();
    opened = true;
  });
  source.addEventListener("rows", (event) => {
    if (pending.length === 0) {
      setTimeout(() => {
        const batch = pending;
        pending = [];
        takeBatch(batch);
      }, 50);
    }
    pending.push(...JSON.parse(event.data));
  });
  source.addEventListener("error", () => {
    $("offline").hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 2000);
  });
  addEventListener("pagehide", () => source.close());
}

if (rows) {
  $("filter").addEventListener("input", applyFilter);
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
    applyFilter();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.detail.elt.id === "assign") {
      for (const row of picked()) row.querySelector("[name=mac]").checked = false;
      showSelection();
    }
  });
  applyFilter();
}
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "notice") event.detail.target.scrollIntoView({ block: "nearest" });
});
showTimes(document);
setInterval(() => showTimes(document), 5000);
document.body.addEventListener("htmx:load", (event) => showTimes(event.detail.elt));
const live = document.querySelector("[data-live]");
if (live) listen(live.dataset.live);
