// The latest predictions.

import { byId, cell, clock, duration, element, value } from "/format.js";
import { address } from "/views.js";

const ROWS = 16;
const OPERATIONS = { c: "insert", u: "update", d: "delete", r: "snapshot" };

export const percent = (probability) => `${(probability * 100).toFixed(1)} %`;
export const operation = (code) => OPERATIONS[code] ?? code;

function rowOf(row, names) {
  const gone = row.label === undefined && row.value === undefined;
  const line = element("tr", gone ? "new gone" : "new");
  const link = element("a", "", row.key);
  link.href = address("row", row.key);
  const key = cell("key", link);
  key.title = row.key;
  line.append(key, cell("quiet wide-only", operation(row.operation)));
  if (gone) line.append(cell("wide-only", ""), cell("number", ""), cell("quiet", "deleted"));
  else if (row.value !== undefined) line.append(...valueOf(row, names));
  else line.append(...labelOf(row, names));
  line.append(cell("number wide-only", duration(row.latency)), cell("number quiet wide-only", clock.format(new Date(row.storedAt))));
  return line;
}

export function bar(probability, positive, threshold) {
  const made = element("div", positive ? "bar positive" : "bar"), fill = element("i");
  fill.style.width = `${probability * 100}%`;
  made.append(fill);
  if (threshold !== null) {
    const mark = element("b");
    mark.style.left = `${threshold * 100}%`;
    mark.title = `threshold ${threshold}`;
    made.append(mark);
  }
  return made;
}

// The result of a model, in large: a label with its probability, or a value with its interval.
export function score(result, threshold, unit) {
  const named = unit === null || unit === undefined ? "" : ` ${unit}`;
  if (result.value !== undefined) {
    return element("div", "score", element("b", "", `${value.format(result.value)}${named}`),
      result.lower === undefined ? "" : element("span", "quiet", `${value.format(result.lower)} – ${value.format(result.upper)}${named}`));
  }
  const positive = threshold !== null && result.probability >= threshold;
  return element("div", "score", element("span", positive ? "label positive" : "label", result.label), element("b", "", percent(result.probability)), bar(result.probability, positive, threshold));
}

// A label with its probability: of the positive label with its threshold, or of the predicted label among several.
function labelOf(row, names) {
  const positive = names.threshold !== null && row.probability >= names.threshold;
  return [cell("wide-only", bar(row.probability, positive, names.threshold)), cell("number", percent(row.probability)),
    cell("", element("span", positive ? "label positive" : "label", row.label))];
}

// A value with the interval in which the true one is expected.
function valueOf(row, names) {
  const unit = names.unit === null ? "" : ` ${names.unit}`;
  const interval = row.lower === undefined ? "" : `${value.format(row.lower)} – ${value.format(row.upper)}${unit}`;
  byId("score").textContent = "interval";
  return [cell("quiet wide-only", interval), cell("number", ""), cell("", element("span", "label", `${value.format(row.value)}${unit}`))];
}

export function clearRows() {
  byId("rows").replaceChildren();
  byId("score").textContent = "probability";
}

export function showRows(rows, names) {
  const body = byId("rows");
  for (const row of rows.slice(-ROWS)) body.prepend(rowOf(row, names));
  while (body.children.length > ROWS) body.lastElementChild.remove();
  byId("empty").hidden = body.children.length > 0;
  byId("rows-table").hidden = body.children.length === 0;
}
