// The lines between the stations of the path, and a dot that moves along a line for each event.

const SVG = "http://www.w3.org/2000/svg";
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const svg = document.getElementById("edges");
const lines = new Map();

// Each line: from, to, and its shape. "between" goes into the gap below the first row, along the gap, and on;
// "round" passes the second row at the side of the picture; "below" uses the gap above the last row.
const EDGES = [
  ["source-table", "source-topic", "across"],
  ["source-topic", "predictor", "across"],
  ["predictor", "captured-table", "across"],
  ["captured-table", "captured-topic", "across"],
  ["captured-topic", "retention", "down"],
  ["retention", "cases", "back"],
  ["cases", "outbox", "back"],
  ["outbox", "event-topic", "back"],
  ["source-topic", "indexer", "left", { leave: 0.3, enter: 0.3 }],
  ["event-topic", "indexer", "below", { enter: 0.3 }],
  ["captured-topic", "indexer", "right", { enter: 0.7 }],
  ["indexer", "indices", "across"],
  ["predictor", "dead-letters", "between", { leave: 0.25, enter: 0.5, aside: true }],
  ["retention", "dead-letters", "below", { enter: 0.8, lane: 0.72, aside: true }],
  ["indexer", "dead-letters", "back", { aside: true }],
];

const radius = 9;

function boxOf(id) {
  const picture = svg.parentElement.getBoundingClientRect();
  const box = document.getElementById(id).getBoundingClientRect();
  return { left: box.left - picture.left, right: box.right - picture.left, top: box.top - picture.top, bottom: box.bottom - picture.top,
    width: box.width, middle: (box.top + box.bottom) / 2 - picture.top };
}

// A line through the points, with round corners.
function rounded(points) {
  let path = `M${points[0][0]},${points[0][1]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, at, after] = [points[i - 1], points[i], points[i + 1]];
    const near = (end) => {
      const length = Math.hypot(end[0] - at[0], end[1] - at[1]);
      const share = Math.min(radius, length / 2) / (length || 1);
      return `${at[0] + (end[0] - at[0]) * share},${at[1] + (end[1] - at[1]) * share}`;
    };
    path += `L${near(before)}Q${at[0]},${at[1]} ${near(after)}`;
  }
  const last = points.at(-1);
  return `${path}L${last[0]},${last[1]}`;
}

const bottomOf = (...ids) => Math.max(...ids.map((id) => boxOf(id)).filter((box) => box.width).map((box) => box.bottom));
const topOf = (...ids) => Math.min(...ids.map((id) => boxOf(id)).filter((box) => box.width).map((box) => box.top));

function route(from, to, how, { leave = 0.5, enter = 0.5, lane = 0.35 } = {}) {
  const a = boxOf(from), b = boxOf(to), x = a.left + a.width * leave, end = b.left + b.width * enter;
  const firstEnd = bottomOf("source-table", "predictor", "captured-topic"), lastStart = topOf("dead-letters", "indexer", "indices");
  const secondEnd = Math.max(firstEnd, bottomOf("event-topic", "retention")), secondStart = Math.min(lastStart, topOf("event-topic", "retention"));
  const low = secondEnd + (lastStart - secondEnd) * lane;
  switch (how) {
    case "across": return [[a.right, a.middle], [b.left - 7, b.middle]];
    case "back": return [[a.left, a.middle], [b.right + 7, b.middle]];
    case "down": return [[x, a.bottom], [x, b.top - 7]];
    case "between": {
      const high = firstEnd + (secondStart - firstEnd) * 0.6;
      return [[x, a.bottom], [x, high], [end, high], [end, b.top - 7]];
    }
    case "left": {
      const high = firstEnd + (secondStart - firstEnd) * 0.3, side = a.left - 20;
      return [[x, a.bottom], [x, high], [side, high], [side, low], [end, low], [end, b.top - 7]];
    }
    case "right": return [[a.right, a.middle], [a.right + 16, a.middle], [a.right + 16, low], [end, low], [end, b.top - 7]];
    default: return [[x, a.bottom], [x, low], [end, low], [end, b.top - 7]];
  }
}

function head(points) {
  const [x, y] = points.at(-1), [px, py] = points.at(-2);
  const length = Math.hypot(x - px, y - py) || 1, dx = (x - px) / length, dy = (y - py) / length;
  return `M${x + dx * 6},${y + dy * 6}L${x - dy * 4},${y + dx * 4}L${x + dy * 4},${y - dx * 4}Z`;
}

function shape(name, kind, path, aside) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", aside ? `${kind} aside` : kind);
  if (path) element.setAttribute("d", path);
  svg.append(element);
  return element;
}

export function draw() {
  svg.replaceChildren();
  lines.clear();
  // In another view there is nothing to draw. On a phone the stations are below each other, without lines.
  if (!svg.checkVisibility()) return;
  // All routes first: each reads the layout, which a new line would invalidate.
  const routes = EDGES.filter(([from, to]) => !document.getElementById(from).hidden && !document.getElementById(to).hidden)
    .map(([from, to, how, options]) => ({ name: `${from}>${to}`, aside: options?.aside, points: route(from, to, how, options) }));
  for (const { name, aside, points } of routes) {
    const path = rounded(points);
    shape("path", "edge", path, aside);
    shape("path", "head", head(points));
    lines.set(name, { path, aside, running: 0 });
  }
}

// Animates up to five dots along a line; the counts show the exact number of events.
export function pulse(from, to, events) {
  const line = lines.get(`${from}>${to}`);
  if (!line || calm.matches || document.hidden) return;
  const dots = Math.min(events, 5, 8 - line.running);
  for (let i = 0; i < dots; i++) {
    const dot = shape("circle", "pulse", null, line.aside);
    dot.setAttribute("r", "3.2");
    dot.style.offsetPath = `path("${line.path}")`;
    line.running++;
    const run = dot.animate([{ offsetDistance: "0%", opacity: 0 }, { opacity: 1, offset: 0.15 }, { opacity: 1, offset: 0.85 },
      { offsetDistance: "100%", opacity: 0 }], { duration: 1100, delay: i * 130, easing: "cubic-bezier(.45,.1,.4,1)", fill: "both" });
    run.onfinish = () => { dot.remove(); line.running--; };
  }
}

new ResizeObserver(draw).observe(svg.parentElement);
