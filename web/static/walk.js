// Walk mode: what the server says is shown, sounded and spoken; keys in place of buttons.

import { listen } from "./live.js";
import { isMuted, mute, played, sound, unlock } from "./tones.js";

const walk = () => document.getElementById("walk");
let number = Number(walk().dataset.number);
let running = walk().dataset.running === "true";

const kept = `walk-${walk().dataset.room}`;
const live = () => window.htmx.trigger("#walk-live", "live");
listen(`/rooms/${encodeURIComponent(walk().dataset.room)}/walk/live`, live, live);

function showMute() {
  const button = document.getElementById("walk-mute");
  if (!button) return;
  button.setAttribute("aria-pressed", String(isMuted()));
  button.textContent = isMuted() ? button.dataset.on : button.dataset.off;
}

function tell() {
  const now = walk().dataset;
  showMute();
  remember();
  if (Number(now.number) > number) {
    sound(now.tone);
    document.body.dataset.tones = played.join(" ");
    document.getElementById("walk-say").textContent = now.say;
  }
  // A new walk counts from the beginning.
  number = Number(now.number);
  if (now.running === "true" && !running) stayAwake();
  running = now.running === "true";
}

// What was chosen last time in this room: after a restart of the appliance nobody types it again.
function remember() {
  const form = document.getElementById("walk-start");
  if (!form) return;
  const last = JSON.parse(localStorage.getItem(kept) ?? "{}");
  for (const field of form.querySelectorAll("[data-keep]")) {
    const had = last[field.name];
    const there = field.tagName !== "SELECT" || [...field.options].some((o) => o.value === had);
    if (had !== undefined && there) field.value = had;
  }
  form.addEventListener("submit", () => {
    const chosen = {};
    for (const field of form.querySelectorAll("[data-keep]")) chosen[field.name] = field.value;
    localStorage.setItem(kept, JSON.stringify(chosen));
  });
}

// Only where the page came by HTTPS; elsewhere the phone's own setting has to do.
function stayAwake() {
  navigator.wakeLock?.request("screen").catch(() => {});
}

function toggleSound() {
  mute(!isMuted());
  showMute();
  if (!isMuted()) sound("known");
}

const KEYS = { " ": "walk-skip", Backspace: "walk-back", p: "walk-pause", m: "walk-mute" };

document.addEventListener("keydown", (event) => {
  unlock();
  const typing = event.target.closest("input, select, textarea, button, a, summary");
  const held = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  const button = document.getElementById(KEYS[event.key] ?? KEYS[event.key.toLowerCase()] ?? "");
  // On a button the space bar presses that one.
  if (held || !button || (typing && (event.key === " " || !typing.closest("button")))) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("pointerdown", unlock);
document.addEventListener("click", (event) => {
  if (event.target.closest("#walk-mute")) toggleSound();
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "walk" || event.detail.target?.id === "walk") tell();
});
showMute();
remember();
