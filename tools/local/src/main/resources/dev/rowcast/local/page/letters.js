// The dead letters: by reason, function and time; each with its message, bytes and a replay.

import { change, perform, read } from "/api.js";
import { button, byId, cell, clock, command, element, whole } from "/format.js";
import { onView } from "/views.js";

const chosen = { reason: "", function: "", time: "" };
let letters = [];
let open = null;

function when(letter) {
  const time = new Date(letter.refusedAt);
  return time.toDateString() === new Date().toDateString() ? clock.format(time) : `${letter.refusedAt.slice(0, 10)} ${clock.format(time)}`;
}

function again(letter) {
  if (!letter.sentAgain) return "";
  return letter.sentAgain.accepted ? `accepted ${letter.sentAgain.status}` : `refused again ${letter.sentAgain.status}, ${letter.sentAgain.reason}`;
}

function matches(letter, except) {
  const minutes = Number(chosen.time) || Infinity;
  return (except === "reason" || !chosen.reason || letter.reason === chosen.reason)
    && (except === "function" || !chosen.function || letter.function === chosen.function)
    && (Date.now() - Date.parse(letter.refusedAt)) / 60000 <= minutes;
}

// A choice among the values that exist, each with its number.
function choices(id, name) {
  const select = byId(id), counts = new Map();
  for (const letter of letters.filter((one) => matches(one, name))) counts.set(letter[name], (counts.get(letter[name]) ?? 0) + 1);
  const options = [new Option("all", ""), ...[...counts].sort().map(([value, count]) => new Option(`${value === "-" ? "all tries failed" : value} (${count})`, value))];
  select.replaceChildren(...options);
  select.value = counts.has(chosen[name]) ? chosen[name] : "";
}

function row(letter) {
  const show = button(letter.letter, "link-like", () => details(letter));
  show.setAttribute("aria-expanded", String(open === letter.letter));
  show.setAttribute("aria-label", `dead letter ${letter.letter}`);
  const line = element("tr", "", cell("", show), cell("quiet", when(letter)), cell("", letter.reason === "-" ? "all tries failed" : letter.reason), cell("wide-only", letter.function),
    cell("key wide-only", letter.key), cell("quiet", again(letter)));
  line.dataset.letter = letter.letter;
  return line;
}

function list() {
  choices("letters-reason", "reason");
  choices("letters-function", "function");
  const some = letters.filter((letter) => matches(letter)).sort((a, b) => b.refusedAt.localeCompare(a.refusedAt));
  byId("letters-table").hidden = some.length === 0;
  byId("letters-rows").replaceChildren(...some.slice(0, 200).map(row));
  byId("letters-status").textContent = letters.length === 0 ? "No dead letter: every event was accepted."
    : `${whole.format(some.length)} of ${whole.format(letters.length)} dead letters${some.length > 200 ? ", the latest 200 are listed" : ""}.`;
  byId("letters-filter").hidden = letters.length === 0;
}

// The list is written again when a letter is opened or closed, and with it the button that had the focus.
function lineOf(letter) {
  return [...byId("letters-rows").children].find((one) => one.dataset.letter === letter.letter);
}

async function details(letter) {
  const before = byId("letter-details");
  before?.remove();
  if (open === letter.letter) {
    open = null;
    list();
    lineOf(letter)?.querySelector("button").focus();
    return;
  }
  open = letter.letter;
  list();
  const place = element("td"), line = element("tr", "details", place);
  place.colSpan = 6;
  line.id = "letter-details";
  place.append(element("p", "quiet", "reading …"));
  const at = lineOf(letter);
  at?.after(line);
  at?.querySelector("button").focus();
  try {
    const found = await read("dead-letter", { letter: letter.letter });
    const said = element("span", "said");
    said.setAttribute("role", "status");
    const send = button("Replay", "primary", () => perform(send, said, async () => {
      await change("replay", { letter: letter.letter });
      letters = (await read("dead-letters")).letters;
      const now = letters.find((one) => one.letter === letter.letter);
      return again(now) || "sent";
    }));
    const data = element("pre", "", typeof found.data === "string" ? found.data : JSON.stringify(found.data, null, 2));
    const hex = element("pre", "", found.bytes.hex);
    for (const text of [data, hex]) text.tabIndex = 0;
    place.replaceChildren(element("p", "", element("b", "", found.message === "-" ? "The function gave no message." : found.message)),
      element("p", "quiet", `${found.function} answered ${found.status}. Record ${found.origin}, key ${found.key}.`),
      element("p", "actions", send, command(found.command), said),
      element("details", "", element("summary", "", "Data"), data),
      element("details", "", element("summary", "", `Bytes (${whole.format(found.bytes.length)})`), hex),
      element("details", "", element("summary", "", "Headers"), element("dl", "fields", ...Object.entries(found.headers).map(([name, text]) =>
        element("div", "", element("dt", "", name), element("dd", "", String(text)))))));
  } catch (failure) {
    place.replaceChildren(element("p", "said failed", failure.message));
  }
}

async function load() {
  byId("letters-status").textContent = "reading the dead letters …";
  try {
    letters = (await read("dead-letters")).letters;
    open = null;
    list();
  } catch (failure) {
    byId("letters-status").textContent = failure.message;
  }
}

for (const name of ["reason", "function", "time"]) {
  byId(`letters-${name}`).addEventListener("change", (event) => {
    chosen[name] = event.target.value;
    open = null;
    list();
  });
}
byId("letters-again").addEventListener("click", load);
byId("letters-command").append(command("make dead-letters"));
onView((view) => { if (view === "letters") load(); });
