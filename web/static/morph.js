// Makes what is shown equal to fresh HTML from the server by changing only what differs, so that
// focus, scroll and an open menu stay where they are. Children are told apart by id or data-key.

// What the page itself sets: where the keyboard stands in a grid, whether something is unfolded.
const OWN = new Set(["tabindex", "open"]);

const key = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset.key || node.id || "" : "");

export function morph(old, fresh) {
  const focus = document.activeElement;
  update(old, fresh);
  // A row that changed its place has lost it.
  if (focus !== document.activeElement && focus.isConnected && old.contains(focus)) focus.focus();
}

function update(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  // Its words are written by times.js, and come again when its time is another one.
  if (old.nodeName === "TIME" && old.dateTime === fresh.dateTime) return;
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !OWN.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!OWN.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  updateChildren(old, fresh);
}

function updateChildren(old, fresh) {
  const known = new Map();
  for (const child of old.childNodes) if (key(child)) known.set(key(child), child);
  let next = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const name = key(child);
    const same = name ? known.get(name) : next && !key(next) ? next : null;
    if (!same) {
      old.insertBefore(child, next);
      continue;
    }
    if (same === next) next = next.nextSibling;
    else old.insertBefore(same, next);
    update(same, child);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}
