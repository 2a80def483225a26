// The search field of every page: a combobox as ARIA describes it. htmx brings the list.

const field = document.getElementById("search");
const list = document.getElementById("search-list");

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

function show(open) {
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (!open) choose(null);
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function move(step) {
  const all = options();
  if (all.length === 0) return;
  const at = all.indexOf(chosen());
  // From the field down to the first, or up to the last, and round.
  choose(all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length]);
}

function typed(event) {
  const handled = { ArrowDown: () => move(1), ArrowUp: () => move(-1) }[event.key];
  if (handled) {
    event.preventDefault();
    if (list.hidden && list.children.length > 0) show(true);
    handled();
  } else if (event.key === "Enter" && chosen()) {
    event.preventDefault();
    location.assign(chosen().href);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    show(false);
  }
}

function isTyping(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

if (field) {
  field.addEventListener("keydown", typed);
  list.addEventListener("htmx:afterSwap", () => show(field.value.trim() !== "" && list.children.length > 0));
  field.addEventListener("input", () => field.value.trim() === "" && show(false));
  field.addEventListener("focus", () => field.value.trim() && list.children.length > 0 && show(true));
  // A click on a hit takes the focus first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("blur", () => show(false));
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey;
    const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (slash || ctrlK) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
}
