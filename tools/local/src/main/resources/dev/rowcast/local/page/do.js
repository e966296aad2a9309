// What a person can do: change a row, ask what if, cause load and faults.

import { change, perform, read } from "/api.js";
import { button, byId, command, element, value as number } from "/format.js";
import { addToAway, FUNCTIONS, known } from "/path.js";
import { score } from "/rows.js";
import { address, current, onView } from "/views.js";

const STORES = ["Postgres", "Kafka", "Kafka Connect", "Elasticsearch"];
let form = null;
let formTable = -1;

function field(column, isKey) {
  const id = `field-${column.name}`, label = element("label", "", column.name);
  label.htmlFor = id;
  let input;
  if (column.kind === "category") {
    input = element("select");
    input.append(new Option(column.required ? "" : "– none –", ""), ...column.categories.map((text) => new Option(text, text)));
  } else {
    input = element("input");
    input.type = { number: "number", date: "date" }[column.kind] ?? "text";
    if (column.kind === "number") input.step = "any";
    if (isKey) input.required = true;
    input.autocomplete = "off";
  }
  input.id = id;
  input.name = column.name;
  if (column.lowest !== undefined) label.append(element("small", "", ` ${number.format(column.lowest)} – ${number.format(column.highest)}`));
  return element("div", isKey ? "field key-field" : "field", label, input);
}

function fill(values) {
  for (const input of byId("change-form").querySelectorAll("[name]")) {
    const text = values[input.name];
    if (input.tagName === "SELECT" && text && ![...input.options].some((option) => option.value === String(text))) input.append(new Option(text, text));
    input.value = text ?? "";
  }
}

function values() {
  return Object.fromEntries([...byId("change-form").querySelectorAll("[name]")].map((input) => [input.name, input.value]));
}

// The form of the table; with the values of a row, or of a new one that resembles those of training.
let opened = 0;
async function loadForm(key) {
  const status = byId("change-said"), turn = ++opened;
  // Until its form is read, nothing of another table can be sent.
  if (formTable !== current().table) {
    formTable = -1;
    waiting++;
    for (const place of ["change-fields", "what-if", "sql", "change-said"]) byId(place).replaceChildren();
  }
  try {
    const found = await read("form"), row = key && (await read("row", { key })).rows?.source;
    // Meanwhile another table, or another row, can be chosen.
    if (turn !== opened) return;
    form = found;
    if (formTable !== current().table) {
      formTable = current().table;
      byId("change-fields").replaceChildren(...form.key.map((name) => field({ name, kind: "text" }, true)), ...form.columns.map((column) => field(column, false)));
    }
    if (key) {
      if (!row) throw new Error(`${form.table} has no row ${key}`);
      fill(row);
    } else {
      fill(form.sample);
    }
    status.textContent = "";
    await ask();
  } catch (failure) {
    if (turn !== opened) return;
    status.className = "said failed";
    status.textContent = failure.message;
  }
}

function sql() {
  const given = Object.entries(values()).filter(([, text]) => text !== "");
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const named = (name) => `"${name.replaceAll('"', '""')}"`;
  return `INSERT INTO ${named(form.schema)}.${named(form.table)} (${given.map(([name]) => named(name)).join(", ")}) VALUES (${given.map(([, text]) => quoted(text)).join(", ")});`;
}

let waiting = 0;
// The score of the form, without storing it.
async function ask() {
  const turn = ++waiting;
  const answer = await change("what-if", { values: values() });
  if (turn !== waiting) return;
  const place = byId("what-if");
  if (answer.refused) {
    place.replaceChildren(element("p", "said failed", `The predictor would refuse this row (${answer.reason ?? "no score"}): ${answer.refused}`));
    return;
  }
  const threshold = answer.threshold ?? null;
  place.replaceChildren(score(answer, threshold, known().names.unit), element("p", "quiet", `Scored by ${answer.model} without storing it${threshold === null ? "" : `; the threshold is ${threshold}`}.`));
  byId("sql").replaceChildren(element("p", "quiet", "The same with SQL, for the psql command in the terminal of make run:"), command(sql()));
}

function askSoon() {
  const turn = ++waiting;
  setTimeout(() => { if (turn === waiting) ask().catch((failure) => { byId("what-if").textContent = failure.message; }); }, 250);
}

function act(id, operation) {
  byId(id).addEventListener("click", (event) => {
    event.preventDefault();
    if (formTable !== current().table || !byId("change-form").reportValidity()) return;
    perform(event.target, byId("change-said"), async () => {
      const { key } = await change("change", { operation, values: values() });
      const link = element("a", "", `see ${key} on its way`);
      link.href = address("row", key);
      return [`${operation} is committed: `, link];
    });
  });
}

function simple(place, said, text, path, parameters, done) {
  const made = button(text, "", () => perform(made, said, async () => done(await change(path, parameters))));
  place.append(made);
}

function buttons() {
  const said = byId("load-said"), { names } = known();
  byId("load-buttons").replaceChildren();
  simple(byId("load-buttons"), said, "Burst now", "burst", {}, (answer) => `${answer.changes} changes are on their way`);
  simple(byId("load-buttons"), said, "Pause the load", "load", { do: "pause" }, () => "paused: the functions scale to zero");
  simple(byId("load-buttons"), said, "Continue the load", "load", { do: "continue" }, (answer) => `a burst of ${answer.changes} changes every ${answer.pause} s`);
  byId("kill-buttons").replaceChildren();
  for (const id of FUNCTIONS.filter((one) => names[one])) {
    simple(byId("kill-buttons"), byId("kill-said"), `Kill ${names[id]}`, "kill", { function: names[id] }, (answer) => `process ${answer.pid} is killed; the next event starts another, and nothing is lost`);
  }
  byId("store-buttons").replaceChildren();
  for (const name of STORES) {
    const running = known().state?.stations[name] !== false;
    simple(byId("store-buttons"), byId("store-said"), `${running ? "Stop" : "Start"} ${name}`, "station", { station: name, do: running ? "stop" : "start" },
      () => `${name} is ${running ? "stopping" : "starting"}`);
  }
}

let last = "";
export function stationsChanged(state) {
  const now = JSON.stringify([current().table, state.stations, Object.keys(state.functions)]);
  if (now !== last && current().view === "do") {
    last = now;
    const focused = document.activeElement?.textContent;
    buttons();
    // A button that changed its text keeps the focus.
    if (focused?.match(/^(Stop|Start) /)) [...byId("store-buttons").children].find((one) => one.textContent.endsWith(focused.replace(/^\w+ /, "")))?.focus();
  }
}

addToAway((name) => {
  const said = element("span", "said");
  const start = button(`Start ${name}`, "", () => perform(start, said, async () => {
    await change("station", { station: name, do: "start" });
    return "starting";
  }));
  return element("span", "actions", start, said);
});

byId("change-form").addEventListener("input", askSoon);
byId("change-form").addEventListener("submit", (event) => event.preventDefault());
byId("change-new").addEventListener("click", () => loadForm());
act("change-insert", "insert");
act("change-update", "update");
act("change-delete", "delete");
byId("faulty-send").addEventListener("click", (event) => perform(event.target, byId("faulty-said"), async () => {
  const at = await change("faulty-event", { kind: byId("faulty-kind").value });
  const link = element("a", "", "dead letters");
  link.href = address("letters");
  return [`written to ${at.topic}, partition ${at.partition}, offset ${at.offset}; see the `, link];
}));
onView((view) => {
  if (view !== "do") return;
  last = "";
  buttons();
  loadForm(current().key || undefined);
});
