// One row: now, its history, its case, its documents, its events, and the trace of its latest change.

import { read } from "/api.js";
import { breakable, button, byId, cell, clock, command, element, instant, value as number, whole } from "/format.js";
import { known } from "/path.js";
import { operation, percent, score as scoreOf } from "/rows.js";
import { address, current, onView } from "/views.js";

// Columns of figures.
const NUMBERS = ["time", "after", "score"];
let shown = null;
let asked = 0;

// A time with a space, at which a narrow column can break it.
function readable(text) {
  if (typeof text === "string") return text.replace(/^(\d{4}-\d\d-\d\d)T([0-9:.]+)(Z|\+00:00)$/, "$1 $2 UTC");
  return text !== null && typeof text === "object" ? JSON.stringify(text) : String(text);
}

function facts(row, omitted = []) {
  const list = element("dl", "fields");
  for (const [name, text] of Object.entries(row)) {
    if (omitted.includes(name)) continue;
    list.append(element("div", "", element("dt", "", ...breakable(name)),
      element("dd", text === null ? "quiet" : "", readable(text))));
  }
  return list;
}

function part(title, ...content) {
  return element("section", "part", element("h3", "", title), ...content);
}

function note(text) {
  return element("p", "quiet", text);
}

function table(heads, rows, label) {
  const made = element("table");
  made.setAttribute("aria-label", label);
  const head = element("tr");
  for (const text of heads) {
    const one = element("th", NUMBERS.includes(text) ? "number" : "", text);
    one.scope = "col";
    head.append(one);
  }
  made.append(element("thead", "", head), element("tbody", "", ...rows));
  const scroll = element("div", "scroll", made);
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", label);
  return scroll;
}

function score(view) {
  const row = view.rows.captured;
  if (!row) return note("No prediction is stored.");
  if (row.deleted) return note("The row is deleted. Its prediction is kept, marked, so that no older change can return.");
  const column = (what) => row[`${view.label}_${what}`] ?? undefined, prediction = column("prediction");
  const result = typeof prediction === "number" ? { value: prediction, lower: column("lower"), upper: column("upper") }
    : { label: String(prediction), probability: column("probability") };
  return scoreOf(result, column("threshold") ?? null, known().names.unit);
}

function trace(view) {
  if (view.trace.length === 0) return note("No change of this row is in the records that were searched.");
  const first = view.trace.find((step) => step.at !== null)?.at;
  return table(["step", "time", "after", "where"], view.trace.map((step) => element("tr", "", cell("", step.step),
    cell("number quiet", step.at === null ? "not kept" : instant.format(new Date(step.at))),
    cell("number", step.at === null ? "" : `${step.at - first < 0 ? "−" : "+"}${Math.abs(step.at - first).toFixed(1)} ms`), cell("quiet", step.detail))), "Trace of the latest change");
}

function value(some) {
  const { unit } = known().names;
  return `${number.format(some)}${unit === null ? "" : ` ${unit}`}`;
}

// The probability of a label, or the interval of a value.
function scoreText(one) {
  if (typeof one.probability === "number") return percent(one.probability);
  return typeof one.lower === "number" ? `${number.format(one.lower)} – ${number.format(one.upper)}` : "";
}

function history(view) {
  if (view.history.length === 0) return note("No prediction is in the records that were searched.");
  return table(["stored", "change", "score", "prediction", "position: epoch · last commit · change", "model"], view.history.map((one) => element("tr", "",
    cell("quiet", one.storedAt ? clock.format(new Date(one.storedAt)) : "–"), cell("quiet", operation(one.operation)),
    cell("number", scoreText(one)), cell("", one.deleted ? "deleted" : typeof one.prediction === "number" ? value(one.prediction) : String(one.prediction ?? "")), cell("key-like", one.position), cell("quiet", one.model ?? ""))), "History of the scores");
}

function events(view) {
  if (view.events.length === 0) return note("No event of this row is in the records that were searched.");
  return element("div", "", ...view.events.map((event) => {
    const details = element("details", "", element("summary", "", `${event.topic}, partition ${event.partition}, offset ${event.offset}, ${whole.format(event.bytes)} bytes, written ${instant.format(new Date(event.writtenAt))}`));
    let text = event.text;
    try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* Not JSON: shown as it is. */ }
    const content = element("pre", "", text);
    content.tabIndex = 0;
    details.append(content);
    return details;
  }));
}

function show(view) {
  const place = byId("row-view"), reload = button("Read again", "", () => load(view.key));
  const edit = element("a", "button", "Change this row");
  edit.href = address("do", view.key);
  place.replaceChildren(element("p", "actions", reload, edit),
    ...Object.entries(view.unknown).map(([station, why]) => element("p", "alert", element("b", "", `${station} does not answer. `), why)),
    element("div", "columns",
      part("Score", score(view)),
      part("Case", view.rows.case ? facts(view.rows.case) : note(known().names.retention ? "No case decision is stored for this row." : "No action reads the predictions of this table."))),
    part("Trace of the latest change", trace(view)),
    part("History of the scores", history(view)),
    element("div", "columns",
      part("Row now, in Postgres", view.rows.source ? facts(view.rows.source) : note("The source table has no such row.")),
      part("As it was scored", view.rows.captured ? facts(view.rows.captured, ["previous"]) : note("No prediction is stored."))),
    part("Documents in Elasticsearch", ...(view.documents.length ? view.documents.map((one) => one.document === null ? note(`${one.index}: no document`)
      : element("details", "", element("summary", "", `${one.index}, version ${one.version}`), facts(one.document, ["previous"]))) : [note("unknown")])),
    part("Events, the latest first", events(view)),
    note(`Searched: ${view.searched.map((one) => `${whole.format(one.searched)} records of ${one.topic}${one.left ? `, without the ${whole.format(one.left)} before them` : ""}`).join("; ") || "no topic"}. With kn replay: `),
    command(`tools/kn-replay/kn-replay topic ${known().names.sourceTopic} --sink ksvc:${known().names.predictor} --dry-run --local`));
}

async function load(key) {
  const request = ++asked;
  shown = key;
  byId("row-key").textContent = key;
  byId("row-status").textContent = "reading the stores …";
  try {
    const view = await read("row", { key });
    if (request !== asked) return;
    byId("row-status").textContent = "";
    show(view);
  } catch (failure) {
    if (request !== asked) return;
    byId("row-status").textContent = failure.message;
    byId("row-view").replaceChildren(button("Read again", "", () => load(key)));
  }
}

// Another table can have the same key.
let shownTable = -1;
onView((view) => {
  const { key, table: of } = current();
  if (view !== "row" || !key || of !== shownTable) {
    shown = null;
    shownTable = of;
    asked++;
  }
  if (view !== "row") return;
  if (key) {
    if (key !== shown) {
      byId("row-view").replaceChildren();
      load(key);
    }
    return;
  }
  byId("row-view").replaceChildren();
  byId("row-key").textContent = "";
  byId("row-status").textContent = "Choose a key in the list of latest predictions, or type one.";
});

// A new prediction of the row that is shown.
export function rowChanged(rows) {
  if (shown !== null && rows.some((row) => row.key === shown)) load(shown);
}

byId("row-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const key = byId("row-input").value.trim();
  if (key) location.hash = address("row", key);
});
