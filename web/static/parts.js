// <div data-parts="/live/…">: the server pushes parts of the page, each by its id, when what they
// show is different.

import { listen } from "./live.js";
import { morph } from "./morph.js";
import { stackTables } from "./tables.js";
import { showTimes } from "./times.js";

const root = document.querySelector("[data-parts]");

function take(batch) {
  // Of several of one part the last is enough.
  const parts = new Map(batch.map(({ id, html }) => [id, html]));
  for (const [id, html] of parts) {
    const old = document.getElementById(id);
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = template.content.firstElementChild;
    if (!old || !fresh) continue;
    morph(old, fresh);
    showTimes(old);
    stackTables(old);
    window.htmx.process(old);
    document.dispatchEvent(new CustomEvent("part", { detail: { id } }));
  }
}

// A stream that comes back begins with all parts, so there is nothing else to catch up with.
listen(root.dataset.parts, take, () => {});
