// The stream of changes. htmx's bundled dist/ext/sse.js is not used: it calls htmx 1 internals that
// htmx 2 has dropped, and it would swap once per event where we take a batch per frame.

const offline = () => document.getElementById("offline");

// take(batch): what changed, as the server sends it; catchUp(): what was missed while cut off.
export function listen(path, take, catchUp) {
  const source = new EventSource(path);
  // The last of each thing: a page nobody looks at runs its timers once a minute, and shall not keep a
  // minute of a storm.
  const pending = new Map();
  let timer = 0;
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
    for (const item of JSON.parse(event.data)) pending.set(`${item.kind} ${item.id ?? item.room}`, item);
    timer ||= setTimeout(() => {
      const batch = [...pending.values()];
      timer = 0;
      pending.clear();
      take(batch);
    }, 50);
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
