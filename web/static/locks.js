// Marks on rooms that are locked: whatever has data-lock-of="ROOM" is given one while a lock is over
// it. The page's stream says that locks have changed; the end of one is seen by the clock.

let locks = null; // as they were told last; until then the page is as it was made
let timer = 0;
const LATER = 5000;

function made({ until, text, why }) {
  const mark = Object.assign(document.createElement("span"), { className: "lock-mark" });
  mark.dataset.ends = until;
  mark.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (why) mark.append(" ", Object.assign(document.createElement("span"), { className: "lock-why", textContent: why }));
  return mark;
}

export function mark(root) {
  if (!locks) return;
  for (const place of root.querySelectorAll("[data-lock-of]")) {
    const lock = locks.filter((l) => l.room === "" || l.room === place.dataset.lockOf).at(-1);
    const old = place.querySelector(".lock-mark");
    if (!lock) old?.remove();
    else if (!old) place.append(made(lock));
    // What says the same is left alone: a screen reader would read it again.
    else if (!old.isEqualNode(made(lock))) old.replaceWith(made(lock));
  }
  // It is empty for the style sheet then.
  for (const place of root.querySelectorAll(".lock-place:not(:has(.lock-mark))")) place.replaceChildren();
}

function watch() {
  clearTimeout(timer);
  const ends = [...document.querySelectorAll(".lock-mark")].map((m) => new Date(m.dataset.ends) - Date.now())
    .filter((left) => !Number.isNaN(left)); // one without an end has no date
  // One that is over and still told of: the server's clock is behind this one.
  const next = Math.min(...ends.map((left) => (left > 0 ? left : LATER)));
  // A timer of more than 24 days fires at once.
  if (next < 2e9) timer = setTimeout(refresh, next + 500);
}

async function refresh() {
  const answer = await fetch("/locks").catch(() => null);
  if (!answer) {
    clearTimeout(timer);
    timer = setTimeout(refresh, LATER);
  }
  if (!answer?.ok || answer.redirected) return;
  locks = await answer.json();
  mark(document);
  watch();
}

document.addEventListener("locks", refresh);
watch();
