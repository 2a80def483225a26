// What a stream cannot tell (seats that were drawn, who came and who left) is asked for as a whole.

const SELDOM = 3000;

// soon: how long to wait for what comes together with it; ask(): the whole, or null; show(whole, items):
// puts it in place, and then once more what the stream brought meanwhile, of which nobody knows whether
// the whole has it.
export function whole(soon, ask, show) {
  let wanted = false;
  let busy = false;
  let asked = 0;
  let meanwhile = [];

  async function want() {
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted) {
      // Many may come at once; one look sees them all, and a flood costs one each three seconds.
      await new Promise((done) => setTimeout(done, Math.max(soon, asked + SELDOM - Date.now())));
      wanted = false;
      asked = Date.now();
      meanwhile = [];
      const answer = await ask().catch(() => null);
      // Cut off while it was under way: the stream has told of it, and does not again.
      if (answer) show(answer, meanwhile);
      else wanted = true;
    }
    busy = false;
  }
  return { want, heard: (items) => busy && meanwhile.push(...items) };
}
