// One machine's page. Its parts come anew whenever something happens to it; what a person has
// opened or is about to use stays as it was.

const opened = new Set();

document.body.addEventListener("htmx:beforeSwap", (event) => {
  for (const details of event.detail.target.querySelectorAll("details[id]")) {
    if (details.open) opened.add(details.id);
    else opened.delete(details.id);
  }
});

// Not only after the swap: htmx replaces the element itself, and the new one has the same id.
document.body.addEventListener("htmx:afterSettle", (event) => {
  for (const id of opened) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  if (event.detail.elt.id === "status") window.htmx.trigger("#events", "live");
});
