// The stream of changes. htmx's bundled dist/ext/sse.js is not used: it calls htmx 1 internals that
// htmx 2 has dropped, and it would swap once per event where we take a batch per frame.

const offline = () => document.getElementById("offline");

// take(batch): what changed, as the server sends it; catchUp(): what was missed while cut off.
export function listen(path, take, catchUp) {
  const source = new EventSource(path);
  let pending = [];
  let opened = false;
  source.addEventListener("open", () => {
    offline().hidden = true;
    // What happened while we were cut off is not sent again.
    if (opened) {
      catchUp();
      document.dispatchEvent(new CustomEvent("tasks"));
      document.dispatchEvent(new CustomEvent("locks"));
    }
    opened = true;
  });
  source.addEventListener("rows", (event) => {
    if (pending.length === 0) {
      setTimeout(() => {
        const batch = pending;
        pending = [];
        take(batch);
      }, 50);
    }
    pending.push(...JSON.parse(event.data));
  });
  for (const what of ["tasks", "locks"]) {
    source.addEventListener(what, () => document.dispatchEvent(new CustomEvent(what)));
  }
  source.addEventListener("error", () => {
    offline().hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 2000);
  });
  addEventListener("pagehide", () => source.close());
  return source;
}
