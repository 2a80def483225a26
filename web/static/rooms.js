// All rooms from afar: signs that change by themselves, counts, and whoever needs somebody first.

import { listen } from "./live.js";
import { mark } from "./locks.js";
import { whole } from "./whole.js";

const cards = document.getElementById("cards");
const words = JSON.parse(cards.dataset.words);
const say = (key) => words[key] ?? key;
const states = Object.keys(words).filter((k) => k.startsWith("state.")).map((k) => k.slice(6));

function stage(state) {
  return Object.assign(document.createElement("span"), {
    className: `stage s-${state}`,
    textContent: say(`state.${state}`),
  });
}

function takeMini({ id, state }) {
  const sign = document.getElementById(`m-${id}`);
  if (!sign) return false;
  sign.setAttribute("href", `#g-${state}`);
  sign.setAttribute("class", `s-${state}`);
  return true;
}

function takeRoom({ room, machines, counts, urgent }) {
  const card = document.getElementById(`room-${room}`);
  if (!card) return machines > 0;
  card.querySelector("h2 .count").textContent = machines;
  card.querySelector(".room-counts").replaceChildren(
    ...counts.map(({ state, count }) => {
      const item = document.createElement("li");
      item.append(stage(state), " ", Object.assign(document.createElement("b"), { textContent: count }));
      return item;
    }),
  );
  const line = card.querySelector(".urgent");
  line.replaceChildren();
  for (const u of urgent) {
    line.append(stage(u.state), " ", Object.assign(document.createElement("a"), { href: `/machines/${u.id}`, textContent: u.name }));
    if (!["", "OK", "MACHINE_REPORTED"].includes(u.reason)) {
      line.append(" ", Object.assign(document.createElement("span"), { className: "why", textContent: say(`reason.${u.reason}`) }));
    }
  }
  return false;
}

function tally() {
  const counts = {};
  for (const sign of cards.querySelectorAll("use[id]")) {
    const state = sign.getAttribute("class").slice(2);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  const items = states.filter((s) => counts[s]).map((state) => {
    const item = document.createElement("li");
    item.append(stage(state), " ", Object.assign(document.createElement("b"), { textContent: counts[state] }));
    return item;
  });
  document.getElementById("tally").replaceChildren(...items);
}

async function ask() {
  const answer = await fetch("/");
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
const all = whole(500, ask, (page, items) => {
  const focus = document.activeElement?.getAttribute?.("href");
  cards.replaceChildren(...page.querySelectorAll("#cards > *"));
  for (const id of ["total", "empty"]) document.getElementById(id).replaceWith(page.getElementById(id));
  mark(cards);
  if (focus) cards.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus();
  take(items);
});

function take(items) {
  let anew = false;
  for (const item of items) {
    if (item.kind === "redrawn") anew = true;
    else if (item.kind === "room") anew = takeRoom(item) || anew;
    else anew = !takeMini(item) || anew;
  }
  tally();
  if (anew) all.want();
}

tally();
// A stream that begins, or comes back, tells by itself what is not as the page has it.
listen(`/site/live?since=${cards.dataset.since}`, (items) => (all.heard(items), take(items)), () => {});
