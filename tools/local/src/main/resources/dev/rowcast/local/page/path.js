// The path: counts and rates of the stations, states of the functions, cold starts, and what is away.

import { age, breakable, byId, command, duration, element, whole } from "/format.js";
import { draw, pulse } from "/picture.js";

const SAMPLES = 300;
const RATE_SECONDS = 5;
const PATIENCE = 3000;
const STATIONS = { tables: "rows of Postgres", topics: "records of Kafka", shifts: "shifts since training", problems: "problems of the path", indices: "documents of Elasticsearch",
  functions: "functions", sources: "deliveries", predictions: "predictions", stations: "processes" };
// What waits while a store is stopped.
const MEANING = { Postgres: "Nothing can be changed, scored or stored. Deliveries are retried, and become dead letters only after all retries.",
  Kafka: "Changes wait in the WAL of Postgres.", "Kafka Connect": "Changes wait in the WAL of Postgres.",
  Elasticsearch: "Predictions are stored; their documents are retried." };
export const FUNCTIONS = ["predictor", "retention", "indexer"];

let names = {};
let state = null;
let activity = {};
let history = [];
const sections = [];

export const known = () => ({ names, state });
// A part of a store's line in the list of stopped stores, such as a button that starts it.
export const addToAway = (part) => sections.push(part);

export function start(hello) {
  names = hello.names;
  state = null;
  history = [];
  activity = Object.fromEntries(FUNCTIONS.filter((id) => names[id]).map((id) => [id, hello.activity[names[id]] ?? ""]));
  byId("picture").classList.toggle("plain", !names.retention);
  for (const place of document.querySelectorAll("#picture [data-action]")) place.hidden = !names.retention;
  for (const place of document.querySelectorAll("[data-name]")) if (names[place.dataset.name]) place.replaceChildren(...breakable(names[place.dataset.name]));
  showState(hello.state);
  draw();
}

export function showState(next) {
  const before = state;
  state = next;
  history.push({ at: Date.now(), state });
  showCounts();
  showAway();
  showProblems();
  FUNCTIONS.filter((id) => names[id]).forEach(showFunction);
  if (before) flow(before);
}

function count(within, place) {
  const [group, name] = place.dataset.count.split(".");
  return within[group][names[name]];
}

function showCounts() {
  for (const place of document.querySelectorAll("[data-count]")) {
    const now = count(state, place);
    place.textContent = typeof now === "number" ? whole.format(now) : "–";
    place.classList.toggle("unknown", typeof now !== "number");
  }
  byId("dead-letters").classList.toggle("some", state.topics[names.deadLetterTopic] > 0);
}

// Real counts of the last seconds; nothing when nothing grows.
function showRates() {
  const from = history.findLast((one) => Date.now() - one.at >= RATE_SECONDS * 1000) ?? history[0];
  history = history.filter((one) => one.at >= from.at);
  for (const place of document.querySelectorAll("[data-rate]")) {
    const counted = place.closest(".station").querySelector("[data-count]");
    const grown = state && counted ? (count(state, counted) ?? 0) - (count(from.state, counted) ?? 0) : 0;
    const perSecond = grown / Math.max(1, (Date.now() - from.at) / 1000);
    place.textContent = perSecond >= 0.1 ? `${perSecond >= 10 ? whole.format(perSecond) : perSecond.toFixed(1)}/s` : "";
  }
}

// A list with buttons. It is written again only when it differs, so that a button keeps the focus and what it says.
function list(id, entries, line) {
  const place = byId(id), now = JSON.stringify(entries);
  if (place.dataset.shown === now) return;
  const focused = place.contains(document.activeElement);
  place.dataset.shown = now;
  place.hidden = entries.length === 0;
  place.replaceChildren(...entries.map(line));
  if (focused) byId("path-title").focus();
}

function showAway() {
  const stopped = Object.entries(state.stations).filter(([, running]) => !running).map(([name]) => name);
  for (const place of document.querySelectorAll("[data-store]")) {
    const away = stopped.includes(place.dataset.store);
    place.classList.toggle("away", away);
  }
  list("away", stopped, (name) => {
    const line = element("li", "", element("b", "", `${name} is stopped.`), ` ${MEANING[name] ?? ""} `);
    for (const part of sections) line.append(part(name));
    return line;
  });
  const silent = Object.entries(state.silent);
  byId("silent").hidden = silent.length === 0;
  byId("silent").textContent = silent.map(([station, why]) => `Unknown: ${STATIONS[station] ?? station} (${why})`).join(" · ");
}

// The problems of the change path, each with the command that repairs it.
function showProblems() {
  list("problems", state.problems, (problem) =>
    element("li", problem.severity === "waiting" ? "waiting" : "", element("b", "", problem.problem), "repair: ", command(problem.command)));
}

function mood(now) {
  if (!now) return "unknown";
  if (now.state === "zero") return "no process";
  if (now.state === "starting") return "cold start";
  return now.state === "up" ? (now.active + now.waiting ? `${whole.format(now.active + now.waiting)} in flight` : "up, idle") : now.state;
}

function showFunction(id) {
  const place = byId(id), now = state.functions[names[id]], source = state.sources[names[`${id}Source`]];
  place.className = `function ${now?.state === "up" || now?.state === "starting" ? now.state : ""}`;
  place.querySelector(".instances").textContent = !now ? "–" : now.state === "zero" ? "0" : "1";
  place.querySelector(".mood").textContent = mood(now);
  const tally = [];
  const add = (number, one, many, kind) => tally.push(element("span", number && kind ? kind : "", `${whole.format(number)} ${number === 1 ? one : many}`));
  if (source) {
    add(source.delivered, "delivered", "delivered");
    add(source.lag ?? 0, "waiting", "waiting");
    add(source.retried, "retry", "retries", "warn");
  }
  if (now) add(now.refused, "refusal", "refusals", "hot");
  if (source) add(source.deadLettered, "dead letter", "dead letters", "hot");
  place.querySelector(".tally").replaceChildren(...tally);
}

// The last five minutes of each function, with the duration of each cold start.
function showStarts() {
  byId("starts").replaceChildren(...Object.keys(activity).map((id) => {
    const strip = element("div", "strip"), now = state?.functions[names[id]];
    for (const run of activity[id].match(/(.)\1*/g) ?? []) {
      const part = element("i", run[0] === "1" ? "up" : run[0] === "s" ? "starting" : "");
      part.style.width = `${(run.length / SAMPLES) * 100}%`;
      strip.append(part);
    }
    strip.setAttribute("aria-hidden", "true");
    const recent = (now?.starts ?? []).filter((one) => Date.now() - one.readyAt < SAMPLES * 1000);
    const marks = element("div", "marks");
    for (const one of recent) {
      const mark = element("span", "", duration(one.took));
      mark.style.right = `${Math.min(96, (Date.now() - one.readyAt) / (SAMPLES * 10))}%`;
      marks.append(mark);
    }
    const total = now ? `${whole.format(now.coldStarts)} cold ${now.coldStarts === 1 ? "start" : "starts"}` : "";
    const last = now?.starts.at(-1);
    return element("li", "", element("b", "", names[id]), element("div", "lane", marks, strip),
      element("span", "quiet", last ? `${total}, the last ${duration(last.took)}` : total));
  }));
}

// Animates the events of each line since the last state.
function flow(before) {
  const grown = (group, name) => Math.max(0, (state[group][names[name]] ?? 0) - (before[group][names[name]] ?? state[group][names[name]] ?? 0));
  const counted = (id, what) => Math.max(0, (state.sources[names[`${id}Source`]]?.[what] ?? 0) - (before.sources[names[`${id}Source`]]?.[what] ?? 0));
  const changes = grown("topics", "sourceTopic"), predictions = grown("topics", "capturedTopic"), events = grown("topics", "eventTopic");
  pulse("source-table", "source-topic", changes);
  pulse("source-topic", "predictor", counted("predictor", "delivered"));
  pulse("predictor", "captured-table", counted("predictor", "delivered"));
  pulse("captured-table", "captured-topic", predictions);
  pulse("source-topic", "indexer", changes);
  pulse("captured-topic", "indexer", predictions);
  pulse("event-topic", "indexer", events);
  pulse("indexer", "indices", counted("indexer", "delivered"));
  pulse("captured-topic", "retention", counted("retention", "delivered"));
  pulse("retention", "cases", events);
  pulse("cases", "outbox", events);
  pulse("outbox", "event-topic", events);
  for (const id of FUNCTIONS) pulse(id, "dead-letters", counted(id, "deadLettered"));
}

// Every second: the strips move on, and a page without its stream says how old it is.
export function tick(lastHeard, connected) {
  for (const id of Object.keys(activity)) {
    const now = state?.functions[names[id]];
    if (now && connected) activity[id] = (activity[id] + ({ zero: "0", starting: "s", up: "1" }[now.state] ?? "?")).slice(-SAMPLES);
  }
  if (connected && state) {
    showRates();
    showStarts();
  }
  // A page that is still connecting, or connects again at once, is not stale.
  const silent = !connected && Date.now() - lastHeard > PATIENCE, stale = silent && state !== null;
  document.body.classList.toggle("stale", stale);
  byId("stale").hidden = !silent;
  const old = age(Date.now() - lastHeard);
  if (!connected) byId("stale-age").textContent = state ? `${old} old` : "not yet known";
  for (const place of document.querySelectorAll(".station, .function")) {
    if (stale) place.dataset.age = `${old} old`;
    else delete place.dataset.age;
  }
}
