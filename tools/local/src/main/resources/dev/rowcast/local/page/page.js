// Shows the messages of the event stream. Data of a row is always written as text, never as markup.

import { draw, pulse } from "/picture.js";

const ROWS = 16;
const SAMPLES = 300;
const OPERATIONS = { c: "insert", u: "update", d: "delete", r: "snapshot" };
const STATIONS = { tables: "Rows of Postgres", topics: "Records of Kafka", shifts: "Shifts since training", problems: "Problems of the path", indices: "Documents of Elasticsearch",
  functions: "Functions", sources: "Deliveries", predictions: "Predictions" };
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const value = new Intl.NumberFormat("en", { maximumSignificantDigits: 5, maximumFractionDigits: 0, roundingPriority: "morePrecision" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const byId = (id) => document.getElementById(id);
let names = {};
let state = null;
let activity = {};
let table = Number(/^#(\d{1,3})$/.exec(location.hash)?.[1] ?? 0);
let events = null;

function duration(milliseconds) {
  if (milliseconds === undefined || milliseconds === null) return "–";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${(milliseconds / 60000).toFixed(1)} min`;
}

function element(name, kind, text) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  return made;
}

function cell(kind, content) {
  const made = element("td", kind);
  made.append(content);
  return made;
}

// A name with line breaks allowed after its dots and underscores.
function breakable(name) {
  return name.split(/(?<=[._])/).flatMap((part) => [part, element("wbr")]);
}

function rowOf(row) {
  const gone = row.label === undefined && row.value === undefined;
  const line = element("tr", gone ? "new gone" : "new");
  const key = cell("key", row.key);
  key.title = row.key;
  line.append(key, cell("quiet", OPERATIONS[row.operation] ?? row.operation));
  if (gone) line.append(cell("", ""), cell("number", ""), cell("quiet", "deleted"));
  else if (row.value !== undefined) line.append(...valueOf(row));
  else line.append(...labelOf(row));
  line.append(cell("number", duration(row.latency)), cell("number quiet", clock.format(new Date(row.storedAt))));
  return line;
}

// A label with its probability: of the positive label with its threshold, or of the predicted label among several.
function labelOf(row) {
  const positive = names.threshold !== null && row.probability >= names.threshold;
  const bar = element("div", positive ? "bar positive" : "bar"), fill = element("i");
  fill.style.width = `${row.probability * 100}%`;
  bar.append(fill);
  if (names.threshold !== null) {
    const threshold = element("b");
    threshold.style.left = `${names.threshold * 100}%`;
    threshold.title = `threshold ${names.threshold}`;
    bar.append(threshold);
  }
  return [cell("", bar), cell("number", `${(row.probability * 100).toFixed(1)} %`),
    cell("", element("span", positive ? "label positive" : "label", row.label))];
}

// A value with the interval in which the true one is expected.
function valueOf(row) {
  const unit = names.unit === null ? "" : ` ${names.unit}`;
  const interval = row.lower === undefined ? "" : `${value.format(row.lower)} – ${value.format(row.upper)}${unit}`;
  byId("score").textContent = "interval";
  return [cell("quiet", interval), cell("number", ""), cell("", element("span", "label", `${value.format(row.value)}${unit}`))];
}

function showRows(rows, latency) {
  const body = byId("rows");
  for (const row of rows.slice(-ROWS)) body.prepend(rowOf(row));
  while (body.children.length > ROWS) body.lastElementChild.remove();
  byId("empty").hidden = body.children.length > 0;
  byId("p50").textContent = duration(latency.p50);
  byId("p99").textContent = duration(latency.p99);
}

function showCounts() {
  for (const place of document.querySelectorAll("[data-count]")) {
    const [group, name] = place.dataset.count.split(".");
    const count = state[group][names[name]];
    place.textContent = typeof count === "number" ? whole.format(count) : "–";
    place.classList.toggle("unknown", typeof count !== "number");
  }
  byId("dead-letters").classList.toggle("some", state.topics[names.deadLetterTopic] > 0);
  const silent = Object.entries(state.silent);
  byId("silent").hidden = silent.length === 0;
  byId("silent").textContent = silent.map(([station, why]) => `${STATIONS[station]} unknown: ${why}`).join(" · ");
}

// The problems of the change path, each with the command that repairs it.
function showProblems() {
  const lines = state.problems.map((problem) => {
    const line = element("li", problem.severity === "waiting" ? "waiting" : "");
    line.append(element("b", "", problem.problem), "repair: ", element("code", "", problem.command));
    return line;
  });
  byId("problems").hidden = lines.length === 0;
  byId("problems").replaceChildren(...lines);
}

// The columns with the largest shift are first; a full meter is twice the limit of a large shift.
function showShifts() {
  const rows = Math.max(0, ...state.shifts.map((shift) => shift.rows)), known = state.shifts.filter((shift) => shift.psi !== null);
  byId("shifts-known").textContent = known.length > 0
    ? `Population stability index of ${whole.format(rows)} scored changes of the last seven days, compared with the training data: ${names.someShift} or more is a shift, ${names.largeShift} or more a large one.`
    : `Shown after ${names.leastRows} scored changes; ${whole.format(rows)} are counted so far. Counts are stored every half minute.`;
  byId("shifts").replaceChildren(...known.sort((a, b) => b.psi - a.psi).map((shift) => {
    const line = element("li", shift.psi >= names.largeShift ? "large" : shift.psi >= names.someShift ? "some" : "");
    const name = element("span", "", shift.column), meter = element("div", "meter"), fill = element("i");
    name.title = shift.column;
    fill.style.width = `${Math.min(1, shift.psi / (2 * names.largeShift)) * 100}%`;
    meter.append(fill);
    line.append(name, meter, element("b", "", shift.psi.toFixed(2)));
    return line;
  }));
}

function showFunction(id) {
  const place = byId(id), now = state.functions[names[id]], source = state.sources[names[`${id}Source`]];
  const kind = !now ? "" : now.state === "up" || now.state === "starting" ? now.state : "";
  place.className = `function ${kind}`;
  const write = (part, text) => { place.querySelector(part).textContent = text; };
  write(".instances", !now ? "–" : now.state === "zero" ? "0" : "1");
  write(".mood", !now ? "unknown" : now.state === "zero" ? "at zero, no process"
    : now.state === "starting" ? `cold start${now.waiting ? `, ${whole.format(now.waiting)} waiting` : ""}`
      : now.state === "up" ? (now.active + now.waiting ? `${whole.format(now.active + now.waiting)} in flight` : "up, idle") : now.state);
  const tally = [];
  if (source) tally.push(`${whole.format(source.delivered)} delivered`);
  if (source?.retried) tally.push(`${whole.format(source.retried)} retried`);
  if (now) tally.push(`${whole.format(now.coldStarts)} cold ${now.coldStarts === 1 ? "start" : "starts"}`);
  place.querySelector(".tally").replaceChildren(...tally.map((part) => element("span", "", part)));
}

function showStrip(id) {
  const strip = byId(id).querySelector(".strip"), samples = activity[id];
  const runs = samples.match(/(.)\1*/g) ?? [];
  strip.replaceChildren(...runs.map((run) => {
    const part = element("i", run[0] === "1" ? "up" : run[0] === "s" ? "starting" : "");
    part.style.width = `${(run.length / SAMPLES) * 100}%`;
    return part;
  }));
  strip.title = "the last five minutes";
}

// Animates the events of each line since the last state.
function flow(before) {
  const grown = (group, name) => Math.max(0, (state[group][name] ?? 0) - (before[group][name] ?? state[group][name] ?? 0));
  const delivered = (id) => Math.max(0, (state.sources[names[`${id}Source`]]?.delivered ?? 0) - (before.sources[names[`${id}Source`]]?.delivered ?? 0));
  const dead = (id) => Math.max(0, (state.sources[names[`${id}Source`]]?.deadLettered ?? 0) - (before.sources[names[`${id}Source`]]?.deadLettered ?? 0));
  const changes = grown("topics", names.sourceTopic), predictions = grown("topics", names.capturedTopic);
  pulse("source-table", "source-topic", changes);
  pulse("source-topic", "predictor", delivered("predictor"));
  pulse("predictor", "captured-table", delivered("predictor"));
  pulse("captured-table", "captured-topic", predictions);
  const indexed = delivered("indexer");
  pulse("source-topic", "indexer", Math.ceil(indexed / 2));
  pulse("captured-topic", "indexer", Math.floor(indexed / 2));
  pulse("indexer", "source-index", Math.ceil(indexed / 2));
  pulse("indexer", "captured-index", Math.floor(indexed / 2));
  pulse("predictor", "dead-letters", dead("predictor"));
  pulse("indexer", "dead-letters", dead("indexer"));
}

function showState(next) {
  const before = state;
  state = next;
  showCounts();
  showProblems();
  showShifts();
  showFunction("predictor");
  showFunction("indexer");
  if (before) flow(before);
}

function hello(message) {
  names = message.names;
  activity = { predictor: message.activity[names.predictor], indexer: message.activity[names.indexer] };
  byId("model").textContent = names.model;
  for (const place of document.querySelectorAll("[data-name]")) place.replaceChildren(...breakable(names[place.dataset.name]));
  byId("rows").replaceChildren();
  byId("score").textContent = "probability";
  state = null;
  showRows(message.rows, message.latency);
  showState(message.state);
  showStrip("predictor");
  showStrip("indexer");
  draw();
}

function sample() {
  for (const id of ["predictor", "indexer"]) {
    const now = state?.functions[names[id]];
    if (!now) continue;
    const letter = { zero: "0", starting: "s", up: "1" }[now.state] ?? "?";
    activity[id] = (activity[id] + letter).slice(-SAMPLES);
    showStrip(id);
  }
}

function link(text, live) {
  byId("link").textContent = text;
  byId("link").classList.toggle("live", live);
}

// The switch between tables; one table needs none.
function showTables(titles) {
  byId("tables").hidden = titles.length < 2;
  byId("tables").replaceChildren(...titles.map((title, number) => {
    const choice = element("button", "", title);
    choice.type = "button";
    choice.setAttribute("aria-pressed", String(number === table));
    choice.addEventListener("click", () => { if (number !== table) location.hash = `#${number}`; });
    return choice;
  }));
}

// The stream of the table that the address names, as in /#1.
function follow() {
  events?.close();
  link("connecting", false);
  const stream = new EventSource(`/events?table=${table}`);
  events = stream;
  const on = (name, show) => stream.addEventListener(name, (event) => { if (stream === events) show(event.data && JSON.parse(event.data)); });
  on("open", () => link("live", true));
  on("error", () => link("no connection, reconnecting", false));
  on("tables", showTables);
  on("hello", hello);
  on("state", showState);
  on("rows", (message) => showRows(message.rows, message.latency));
}

addEventListener("hashchange", () => {
  table = Number(/^#(\d{1,3})$/.exec(location.hash)?.[1] ?? 0);
  follow();
});
follow();
setInterval(sample, 1000);
