// Connects the views to the event stream of the chosen table.

import "/letters.js";
import "/model.js";
import { stationsChanged } from "/do.js";
import { byId, command, duration, element } from "/format.js";
import { known, showState, start, tick } from "/path.js";
import { rowChanged } from "/row.js";
import { clearRows, showRows } from "/rows.js";
import { showShifts } from "/shifts.js";
import { beginTour } from "/tour.js";
import { address, current, showView } from "/views.js";

// Without a message for longer, the stream is gone: the server sends one at least every two seconds.
const SILENCE = 6000;

let table = -1;
let events = null;
let lastHeard = Date.now();
let open = false;

function link(text, live) {
  byId("link").textContent = text;
  byId("link").classList.toggle("live", live);
}

function showLatency(latency) {
  for (const kind of ["warm", "cold"]) {
    byId(`${kind}-p50`).textContent = duration(latency[kind].p50);
    byId(`${kind}-p99`).textContent = duration(latency[kind].p99);
  }
}

function rows(message) {
  showRows(message.rows, known().names);
  rowChanged(message.rows);
  showLatency(message.latency);
}

function hello(message) {
  byId("model").textContent = message.names.model;
  byId("empty-do").href = address("do");
  clearRows();
  start(message);
  rows(message);
  showShifts(message.state, message.names);
  stationsChanged(message.state);
  document.body.classList.add("ready");
  everySecond();
}

// The switch between tables; one table needs none.
function showTables(titles) {
  byId("tables").hidden = titles.length < 2;
  byId("tables").replaceChildren(...titles.map((title) => element("a", "", title)));
  linkTables();
}

// Another table is shown in the view that is chosen now.
function linkTables() {
  [...byId("tables").children].forEach((choice, number) => {
    choice.href = `#${number}/${current().view}`;
    if (number === table) choice.setAttribute("aria-current", "true");
    else choice.removeAttribute("aria-current");
  });
}

// The stream of the table that the address names.
function follow() {
  events?.close();
  link("connecting", false);
  const stream = new EventSource(`/events?table=${table}`);
  events = stream;
  const on = (name, show) => stream.addEventListener(name, (event) => {
    if (stream !== events) return;
    lastHeard = Date.now();
    show(event.data && JSON.parse(event.data));
  });
  on("open", () => { open = true; });
  stream.addEventListener("error", () => {
    if (stream !== events) return;
    open = false;
    // A browser gives up after some answers, such as a refusal; the page does not.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => { if (stream === events) follow(); }, 2000);
  });
  on("beat", () => {});
  on("tables", showTables);
  on("hello", hello);
  on("state", (state) => {
    showState(state);
    showShifts(state, known().names);
    stationsChanged(state);
  });
  on("rows", rows);
}

function everySecond() {
  const connected = open && Date.now() - lastHeard < SILENCE;
  link(connected ? "live" : "no connection, reconnecting", connected);
  if (Date.now() - lastHeard > SILENCE) document.body.classList.add("ready");
  tick(lastHeard, connected);
}

function viewChanged(byPerson) {
  if (current().table !== table) {
    table = current().table;
    follow();
  }
  linkTables();
  showView(byPerson);
}

addEventListener("hashchange", () => viewChanged(true));
byId("stale-command").append(command("make run"));
byId("empty-command").append(command("make run LOAD=on"));
viewChanged(false);
setInterval(everySecond, 1000);
beginTour();
