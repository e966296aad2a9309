// The picture of the path: lines between the stations, and a dot that moves along a line for each event.

const SVG = "http://www.w3.org/2000/svg";
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const svg = document.getElementById("edges");
const lines = new Map();

// Each line: from, to, and its shape. "bus" goes down into the gap between the rows, along the gap, and down again.
const EDGES = [
  ["source-table", "source-topic", "across"],
  ["source-topic", "predictor", "across"],
  ["predictor", "captured-table", "across"],
  ["captured-table", "captured-topic", "across"],
  ["source-topic", "indexer", "bus", { enter: 0.42 }],
  ["captured-topic", "indexer", "bus", { enter: 0.58 }],
  ["indexer", "source-index", "across"],
  ["indexer", "captured-index", "under"],
  ["predictor", "dead-letters", "bus", { leave: 0.25, enter: 0.8, lane: 0.72, aside: true }],
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

function route(from, to, how, { leave = 0.5, enter = 0.5, lane = 0.38 } = {}) {
  const a = boxOf(from), b = boxOf(to);
  switch (how) {
    case "across": return [[a.right, a.middle], [b.left - 7, b.middle]];
    case "back": return [[a.left, a.middle], [b.right + 7, b.middle]];
    case "under": {
      const low = Math.max(a.bottom, b.bottom) + 16, x = a.left + a.width * 0.5, end = b.left + b.width * 0.5;
      return [[x, a.bottom], [x, low], [end, low], [end, b.bottom + 7]];
    }
    default: {
      const rowEnd = Math.max(...["source-table", "predictor", "captured-topic"].map((id) => boxOf(id).bottom));
      const rowStart = Math.min(...["dead-letters", "indexer"].map((id) => boxOf(id).top));
      const x = a.left + a.width * leave, end = b.left + b.width * enter, y = rowEnd + (rowStart - rowEnd) * lane;
      return [[x, a.bottom], [x, y], [end, y], [end, b.top - 7]];
    }
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
  for (const [from, to, how, options] of EDGES) {
    const points = route(from, to, how, options);
    const path = rounded(points);
    shape("path", "edge", path, options?.aside);
    shape("path", "head", head(points));
    lines.set(`${from}>${to}`, { path, aside: options?.aside, running: 0 });
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
