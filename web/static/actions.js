// What is done to the selection: the bar, the form of an action, the strip of tasks. A page on which
// machines can be selected tells of it by the event "selection" on the document, and gives the
// selection up when it hears "deselect".

const $ = (id) => document.getElementById(id);
const bar = $("act-bar");
const dialog = $("act-dialog");
const said = $("task-said");
const one = $("act-one");
let macs = one ? [one.dataset.mac] : [];
let opener = null;
// Where the keyboard was in the list or picture before it went to the bar.
let place = null;

function say(text) {
  said.textContent = text;
}

document.addEventListener("selection", ({ detail }) => {
  if (!bar) return;
  const first = macs.length === 0;
  macs = detail.macs;
  const inBar = bar.contains(document.activeElement);
  $("act-count").textContent = macs.length;
  bar.hidden = macs.length === 0;
  if (bar.hidden && inBar) place?.focus();
  document.body.classList.toggle("acting", macs.length > 0);
  if (macs.length === 0) $("act-more").open = false;
  const many = said.dataset.selected.replace("{0}", macs.length);
  say(first && macs.length > 0 ? `${many} ${said.dataset.hint}` : many);
});

function deselect() {
  document.dispatchEvent(new CustomEvent("deselect"));
}

// From the list or the picture to the bar, and back.
document.addEventListener("act", () => {
  if (!bar || bar.hidden) return;
  place = document.activeElement;
  bar.querySelector("[data-act]").focus();
});

function begin(kind, from) {
  opener = from;
  window.htmx.ajax("POST", "/tasks/form", { target: "#act-body", values: { kind, macs: macs.join(" ") } });
}

let pressedOn = null;
document.addEventListener("pointerdown", ({ target }) => (pressedOn = target), true);

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-act]");
  if (button) {
    const more = button.closest("details");
    if (bar) $("act-more").open = false;
    begin(button.dataset.act, more ? more.querySelector("summary") : button);
  } else if (target.closest("[data-hide]")) {
    const id = target.closest("[data-hide]").dataset.hide;
    sessionStorage.setItem("hidden-tasks", [...hidden(), `${id} ${$(id).dataset.state}`].slice(-50));
    $(id).hidden = true;
  } else if (target.closest("#act-none")) {
    deselect();
  } else if (target.closest("[data-close]") || (target === dialog && pressedOn === dialog)) {
    // A click on the dialog itself is one on what lies around its content. Who selects text in a field
    // and lets go outside has not clicked there.
    dialog.close();
  } else if (bar && !target.closest("#act-more")) {
    $("act-more").open = false;
  }
});

dialog.addEventListener("close", () => {
  $("act-body").replaceChildren();
  (opener?.isConnected && opener.checkVisibility() ? opener : place)?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || dialog.open || !bar || bar.hidden) return;
  if ($("act-more").open) {
    $("act-more").open = false;
    $("act-more").querySelector("summary").focus();
  } else if (!event.target.closest("input:not([type=checkbox]), select, textarea")) {
    deselect();
  }
});

// Not at afterSwap: htmx takes the new form over only when it has settled, and whoever presses Enter
// before that sends it past htmx.
document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "act-body") return;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
});

// How many it would be done to; none is nothing to press.
function count() {
  const button = $("act-do");
  const accepted = $("act-review")?.dataset.accepted;
  if (!button) return;
  button.textContent = button.dataset.label.replace("{0}", accepted ?? button.dataset.count);
  button.disabled = accepted === "0";
}

// What is refused is said where one looks: in the dialog, not behind it.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (dialog.open && dialog.contains(detail.requestConfig.elt) && detail.xhr.status >= 400) {
    detail.target = $("act-said");
  }
});

document.body.addEventListener("task-begun", () => {
  dialog.close();
  if (bar) deselect();
});

// At most twice a second, and never without the last.
let timer = 0;
document.addEventListener("tasks", () => {
  timer ||= setTimeout(() => {
    timer = 0;
    window.htmx.trigger("#task-strip", "moved");
  }, 500);
});

// The strip is made anew at each step: what was open stays open, and the focus where it was.
let strip = { open: new Map(), focus: "", states: new Map() };
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "task-strip") return;
  strip = {
    open: new Map([...detail.target.querySelectorAll("details")].map((d) => [d.id, d.open])),
    focus: detail.target.contains(document.activeElement) ? document.activeElement.id : "",
    states: new Map([...detail.target.querySelectorAll(".task")].map((t) => [t.id, t.dataset.state])),
  };
});
// What was put away comes back when it has come further.
const hidden = () => (sessionStorage.getItem("hidden-tasks") ?? "").split(",").filter(Boolean);

document.body.addEventListener("htmx:afterSettle", () => {
  count();
  const now = $("task-strip");
  if (!now || now.dataset.kept) return;
  now.dataset.kept = "yes";
  for (const details of now.querySelectorAll("details")) {
    if (strip.open.has(details.id)) details.open = strip.open.get(details.id);
  }
  for (const task of now.querySelectorAll(".task")) {
    task.hidden = hidden().includes(`${task.id} ${task.dataset.state}`);
    const before = strip.states.get(task.id);
    if (before !== task.dataset.state && (before || task.dataset.state !== "running")) {
      if (strip.states.size > 0 || before) say(task.dataset.word);
    }
  }
  if (strip.focus) ($(strip.focus) ?? now.querySelector("button, a"))?.focus();
});

// A browser that comes back to a page may have kept what was ticked there.
document.dispatchEvent(new CustomEvent("reselect"));
