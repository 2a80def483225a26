// What a walk sounds like: each kind of news has a tune of its own, so that nobody needs to look.

const TUNES = {
  good: { type: "sine", notes: [[660, 0, 0.12], [990, 0.12, 0.22]] },
  known: { type: "sine", notes: [[440, 0, 0.12], [440, 0.18, 0.12]] },
  ask: { type: "triangle", notes: [[523, 0, 0.12], [659, 0.14, 0.12], [523, 0.28, 0.2]] },
  problem: { type: "square", notes: [[170, 0, 0.25], [140, 0.28, 0.4]] },
};
const SHAKES = { good: [120], known: [60, 80, 60], ask: [150, 80, 150], problem: [400] };
const KEY = "walk-muted";

let audio = null;

export const isMuted = () => localStorage.getItem(KEY) === "yes";
export const mute = (muted) => localStorage.setItem(KEY, muted ? "yes" : "no");
// How many tunes were played, for whoever cannot hear them: tests.
export const played = [];

// Browsers let a page sound only after a touch: call this from a handler of one.
export function unlock() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
}

export function sound(name) {
  const tune = TUNES[name];
  if (!tune) return;
  navigator.vibrate?.(SHAKES[name]);
  if (isMuted()) return;
  played.push(name);
  if (!audio || audio.state !== "running") return;
  for (const [pitch, start, length] of tune.notes) {
    const at = audio.currentTime + start;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = tune.type;
    tone.frequency.value = pitch;
    // Without a slope the loudspeaker clicks.
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.35, at + 0.015);
    volume.gain.setValueAtTime(0.35, at + length - 0.03);
    volume.gain.linearRampToValueAtTime(0, at + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length);
  }
}
