// The model, its drift, and the bill of the run.

import { read } from "/api.js";
import { byId, cell, element, value, whole } from "/format.js";
import { known } from "/path.js";
import { current, onView } from "/views.js";

function pairs(entries) {
  return element("dl", "fields", ...entries.filter(([, text]) => text !== undefined && text !== null)
    .map(([name, text]) => element("div", "", element("dt", "", name), element("dd", "", String(text)))));
}

async function model() {
  const found = await read("model");
  byId("model-facts").replaceChildren(pairs([["version", found.version], ["file", `${found.file}, ${whole.format(found.bytes / 1024)} KiB`], ["contract", `format ${found.contract}`],
    ["predicts", found.label], ["meaning", found.meaning], ["threshold", found.threshold], ["trained on", `${found.training.data}, ${whole.format(found.training.rows)} rows (${found.training.licence})`],
    ["training data", found.training.digest], ["golden rows", `${found.parity.rows}, within ${found.parity.tolerance}`], ...Object.entries(found.metrics).map(([name, number]) => [name, value.format(number)])]));
  byId("model-features").replaceChildren(...found.features.map((feature) => element("tr", "", cell("", feature.column), cell("quiet", feature.type), cell("quiet", feature.missing), cell("quiet wide-only", feature.values))));
  byId("model-card").hidden = found.card === null;
  byId("model-card-text").textContent = found.card ?? "";
}

function seconds(number) {
  return number < 100 ? `${number.toFixed(1)} s` : number < 6000 ? `${(number / 60).toFixed(1)} min` : `${(number / 3600).toFixed(1)} h`;
}

async function meter() {
  const bill = await read("meter"), { state, names } = known();
  const functions = bill.functions, cpu = (some) => some.reduce((sum, one) => sum + one.cpu, 0);
  const delivered = Object.values(state?.sources ?? {}).reduce((sum, one) => sum + one.delivered, 0);
  const scored = state?.sources[names.predictorSource]?.delivered ?? 0;
  byId("meter-facts").replaceChildren(pairs([["this run", seconds(bill.seconds)], ["events delivered", whole.format(delivered)], ["changes scored", whole.format(scored)],
    ["CPU of the functions", seconds(cpu(functions))], ["CPU for each 1,000 events", delivered ? `${(cpu(functions) / delivered * 1000).toFixed(2)} s, with the cold starts` : null],
    ["CPU of the stores", seconds(cpu(bill.stations))], ["CPU of make run itself", bill.launcher === undefined ? null : `${seconds(bill.launcher)}: the stand-in for Knative, the load, this page`]]));
  byId("meter-rows").replaceChildren(...[...functions, ...bill.stations].map((one) => element("tr", "", cell("", one.name),
    cell("", one.running ? "runs" : functions.includes(one) ? "at zero" : "stopped"), cell("number", seconds(one.cpu)), cell("number wide-only", seconds(one.up)),
    cell("number", functions.includes(one) ? `${seconds(one.atZero)}, ${(one.atZero / Math.max(1, one.atZero + one.up) * 100).toFixed(0)} %` : "never at zero"),
    cell("number wide-only", one.coldStarts === undefined ? "" : whole.format(one.coldStarts)))));
}

async function load() {
  for (const [place, show] of [["model-status", model], ["meter-status", meter]]) {
    try {
      await show();
      byId(place).textContent = "";
    } catch (failure) {
      byId(place).textContent = failure.message;
    }
  }
}

onView((view) => { if (view === "model") load(); });
setInterval(() => {
  if (current().view === "model" && !document.hidden) meter().catch((failure) => { byId("meter-status").textContent = failure.message; });
}, 2000);
