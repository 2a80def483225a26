// Ages and clock times, in the language of the page, kept true while it stays open.

const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
export const language = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
// "7m" in either language, where there is no room for more (Intl's narrow form of Spanish is "7 min");
// the full time is in the title.
const narrow = { format: (count, unit) => `${Math.abs(count)}${unit[0]}` };
const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });

export function age(seconds, format = relative) {
  const [unit, size] = units.find(([, s]) => Math.abs(seconds) >= s) ?? units[3];
  // What lies ahead is rounded: a lease of 12 hours just given does not end "in 11".
  const count = seconds > 0 ? Math.round(seconds / size) : Math.trunc(seconds / size);
  return format.format(count, unit);
}

export function showTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const text = "clock" in time.dataset ? clockTime(at) : age((at - Date.now()) / 1000, "short" in time.dataset ? narrow : relative);
    if (time.textContent !== text) time.textContent = text;
  }
}

function clockTime(at) {
  return (at.toDateString() === new Date().toDateString() ? clock : day).format(at);
}

// Whole dates are made when somebody points at one, not two thousand of them for each page.
document.addEventListener("pointerover", (event) => {
  const time = event.target.closest?.("time[datetime]");
  if (time && !time.title) time.title = full.format(new Date(time.dateTime));
});
