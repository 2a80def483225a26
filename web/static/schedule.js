// A room's lock card is asked for anew when its lock ends, and when somebody comes back to the page:
// by then another may have locked or unlocked. No stream of its own: a browser has six connections.

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

function refresh() {
  const card = document.getElementById("lock-card");
  // What somebody is typing stays.
  if (!card || card.contains(document.activeElement) || document.hidden) return;
  window.htmx.ajax("GET", card.dataset.path, { target: "#lock-card", swap: "outerHTML" });
}

document.body.addEventListener("htmx:afterSettle", watch);
document.addEventListener("visibilitychange", refresh);
document.addEventListener("locks", refresh);
watch();
