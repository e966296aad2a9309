// A tour of five steps at the first visit. It can be skipped, and started again.

import { button, byId, element } from "/format.js";

const SEEN = "rowcast-tour";
const STEPS = [
  ["path", "Every change takes this path", "A row changes in Postgres; Debezium reads its write-ahead log; Kafka carries it; functions score, decide and index it. Every figure is a real count.", "picture"],
  ["path", "Functions start from zero", "A function without events has no process: a large 0. The first change starts it. The strip shows each start and its duration.", "starts-title"],
  ["path", "Each prediction, as it is stored", "Choose a key: its row, history, case, documents, and the time of each step of its latest change.", "rows-title"],
  ["do", "Change a row, or break something", "Insert, change or delete a row, or ask for its score without storing it. Kill a function or stop a store: nothing is lost.", "do-title"],
  ["letters", "What was refused", "An event that no function can read becomes a dead letter with its reason. It can be replayed when the cause is gone.", "letters-title"],
];

function seen() {
  try { return localStorage.getItem(SEEN) !== null; } catch { return true; }
}

function remember() {
  try { localStorage.setItem(SEEN, "1"); } catch { /* The tour is then shown again. */ }
}

function end() {
  remember();
  byId("tour").hidden = true;
  document.querySelector(".toured")?.classList.remove("toured");
  location.hash = `#${location.hash.slice(1).split("/")[0] || "0"}/path`;
  // The step's button is gone, and with it the focus.
  byId("path-title").focus();
}

function show(number) {
  const [view, title, text, place] = STEPS[number];
  location.hash = `#${location.hash.slice(1).split("/")[0] || "0"}/${view}`;
  document.querySelector(".toured")?.classList.remove("toured");
  const next = number + 1 < STEPS.length ? button("Next", "primary", () => show(number + 1)) : button("Done", "primary", end);
  byId("tour").hidden = false;
  byId("tour").replaceChildren(element("p", "quiet", `Step ${number + 1} of ${STEPS.length}`), element("h2", "", title), element("p", "", text),
    element("p", "actions", next, ...(number > 0 ? [button("Back", "", () => show(number - 1))] : []), button("Skip the tour", "", end)));
  // After the view is shown, which moves the focus.
  setTimeout(() => {
    byId(place).classList.add("toured");
    byId(place).scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
  }, 50);
}

export function beginTour() {
  if (!seen()) show(0);
}

byId("tour").addEventListener("keydown", (event) => { if (event.key === "Escape") end(); });
byId("tour-again").addEventListener("click", () => show(0));
