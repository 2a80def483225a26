// A room's lock card is asked for anew when its lock ends, and when somebody comes back to the page:
// by then another may have locked or unlocked. No stream of its own: a browser has six connections.

import { showTimes } from "./times.js";

let timer;

function watch() {
  clearTimeout(timer);
  const card = document.getElementById("lock-card");
  if (!card) return;
  const left = new Date(card.dataset.ends ?? "") - Date.now();
  // A timer of more than 24 days fires at once.
  // One that is over and still shown: the server's clock is behind this one.
  if (left < 2e9) timer = setTimeout(refresh, left > 0 ? left + 500 : 5000);
}

async function refresh() {
  const card = document.getElementById("lock-card");
  // What somebody is typing stays.
  const isBusy = () => card.contains(document.activeElement) || document.hidden;
  if (!card || isBusy()) return;
  const answer = await fetch(card.dataset.path, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return watch();
  const fresh = document.createRange().createContextualFragment(await answer.text()).firstElementChild;
  if (!card.isConnected || isBusy()) return;
  // The same card anew would fold up what somebody has opened, and be read out again.
  if (!isSame(card, fresh)) {
    card.replaceWith(fresh);
    window.htmx.process(fresh);
    showTimes(fresh);
  }
  watch();
}

function isSame(card, fresh) {
  const now = card.cloneNode(true);
  for (const time of now.querySelectorAll("time")) {
    time.removeAttribute("title");
    time.textContent = time.dateTime;
  }
  for (const folded of now.querySelectorAll("details")) folded.open = false;
  return fresh.isEqualNode(now);
}

document.body.addEventListener("htmx:afterSettle", watch);
document.addEventListener("visibilitychange", refresh);
document.addEventListener("locks", refresh);
watch();
