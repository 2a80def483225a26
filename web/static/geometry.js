// Where seats lie and which is next to which. Nothing here touches the page.

export const SEAT = 2;
const SIDES = ["top", "right", "bottom", "left"];

export function bounds(seats) {
  return {
    width: Math.max(SEAT, ...seats.map((s) => s.x + SEAT)),
    height: Math.max(SEAT, ...seats.map((s) => s.y + SEAT)),
  };
}

// The picture turned by so many quarters, clockwise.
export function turned(seats, quarters) {
  let now = seats;
  for (let i = 0; i < quarters % 4; i++) {
    const { height } = bounds(now);
    now = now.map((s) => ({ ...s, x: height - SEAT - s.y, y: s.x }));
  }
  return now;
}

export const sideAfter = (side, quarters) => SIDES[(SIDES.indexOf(side) + quarters) % 4];

// So many quarters bring the side to the bottom: whoever stands there has the room before them.
export const toBottom = (side) => (2 - SIDES.indexOf(side) + 4) % 4;

// The nearest of the boxes in that direction; boxes right ahead come before those aside.
export function neighbour(boxes, from, [dx, dy]) {
  const at = (b) => [b.left + b.width / 2, b.top + b.height / 2];
  const [x, y] = at(from);
  let best = null;
  let least = Infinity;
  for (const box of boxes) {
    const [bx, by] = at(box);
    const ahead = (bx - x) * dx + (by - y) * dy;
    const aside = Math.abs((bx - x) * dy) + Math.abs((by - y) * dx);
    if (ahead < 2) continue;
    const cost = ahead + 3 * aside;
    if (cost < least) [least, best] = [cost, box];
  }
  return best;
}

export const overlap = (a, b) => Math.abs(a.x - b.x) < SEAT && Math.abs(a.y - b.y) < SEAT;

// As RoomRows numbers: row by row from the teacher, each from the teacher's left.
export function readingOrder(seats, front) {
  const seen = turned(seats, (4 - SIDES.indexOf(front)) % 4);
  return seats
    .map((seat, i) => ({ seat, x: seen[i].x, y: seen[i].y }))
    .sort((a, b) => a.y - b.y || b.x - a.x)
    .map((each) => each.seat);
}

// What somebody else did to a layout.
export function difference(before, after) {
  const old = new Map(before.seats.map((s) => [s.name, s]));
  const now = new Map(after.seats.map((s) => [s.name, s]));
  const names = (list) => list.map((s) => s.name);
  return {
    added: names(after.seats.filter((s) => !old.has(s.name))),
    gone: names(before.seats.filter((s) => !now.has(s.name))),
    moved: names(
      after.seats.filter((s) => old.has(s.name) && (old.get(s.name).x !== s.x || old.get(s.name).y !== s.y)),
    ),
    front: before.front !== after.front,
  };
}
