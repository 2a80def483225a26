// What holds for every form: two clicks are one, what could not be sent is said, and what was typed
// outlives the session. When that ends, the page leads to the login, and on the way back the form is
// as it was. The hidden fields come too, so that a change by somebody else meanwhile is still noticed.
// Passwords and files are never kept, and what one has typed is not shown to another.

const KEPT = "typed";
// The editor of files does this in a way of its own.
const FORMS = "main form[method=post]:not(#editor)";
const notice = document.getElementById("notice");
const fieldsOf = (form) =>
  [...form.elements].filter((f) => f.name && f.name !== "csrf" && !["password", "file", "submit", "button"].includes(f.type));

function isTouched(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") {
    const chosen = [...field.options].filter((option) => option.defaultSelected);
    return !field.multiple && field.value !== (chosen.at(-1) ?? field.options[0])?.value;
  }
  return "defaultValue" in field && field.value !== field.defaultValue;
}

const keyOf = (form) => form.id || form.getAttribute("action");

function keep() {
  const forms = [...document.querySelectorAll(FORMS)].filter((form) => fieldsOf(form).some(isTouched));
  const typed = forms.map((form) => ({
    key: keyOf(form),
    fields: fieldsOf(form).map(({ name, type, value, checked }) => ({ name, type, value, checked })),
  }));
  try {
    if (typed.length > 0) sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname + location.search, who: document.body.dataset.who, typed }));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Full or forbidden: then it is lost, as without this.
  }
}

function put(form, fields) {
  const there = fieldsOf(form);
  for (const was of fields) {
    // Of several of one name, boxes are told apart by their value.
    const choice = was.type === "checkbox" || was.type === "radio";
    const field = there.find((f) => f.name === was.name && f.type === was.type && (!choice || f.value === was.value));
    if (!field) continue;
    if (choice) field.checked = was.checked;
    else if (field.tagName !== "SELECT" || [...field.options].some((o) => o.value === was.value)) field.value = was.value;
  }
  for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

function bringBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (!kept || kept.path !== location.pathname + location.search) return;
  sessionStorage.removeItem(KEPT);
  if (kept.who !== document.body.dataset.who) return;
  if (!document.referrer || new URL(document.referrer).pathname !== "/login") return;
  let any = false;
  for (const { key, fields } of kept.typed) {
    const form = [...document.querySelectorAll(FORMS)].find((f) => keyOf(f) === key);
    if (!form) continue;
    put(form, fields);
    any = true;
  }
  if (any) say("warning", notice.dataset.restored);
}

function say(kind, text, where = notice) {
  const line = document.createElement("p");
  line.className = `alert alert-${kind}`;
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
  where.replaceChildren(line);
  where.scrollIntoView({ block: "nearest" });
}

// htmx would keep the second click of a double one and send it when the first is answered.
document.body.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent } = event.detail;
  if (triggeringEvent?.type === "submit" && elt.classList.contains("htmx-request")) event.preventDefault();
});

document.body.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.requestConfig.verb === "get") return;
  const inDialog = detail.elt.closest?.("dialog[open]")?.querySelector("[role=alert]");
  say("danger", notice.dataset.unsent, inDialog ?? notice);
});

// Not on the login's own page: what is kept has to come through it.
if (document.body.dataset.may) {
  addEventListener("pagehide", keep);
  bringBack();
}
