// Records the live page of a running system while a burst passes: record.mjs URL FILE [SECONDS]. The file is an animated WebP.

import { statSync, writeFileSync } from "node:fs";
import { Browser } from "./browser.mjs";
import { Animation } from "./animation.mjs";

const [page, file, seconds = "20"] = process.argv.slice(2);
const LENGTH = Number(seconds) * 1000;
const BETWEEN = 100;
// When the file is too large, fewer pictures are kept.
const LONGER = [1, 150, 250, 400, 700];
const LARGEST = 2_000_000;
const SIZE = { width: 1120, height: 790 };
const ZERO = "[...document.querySelectorAll('.function')].every((one) => one.hidden || one.querySelector('.instances').textContent === '0')";
const UP = "document.querySelector('#predictor.up')";
const POSITIVE = "[...document.querySelectorAll('#rows tr')].find((row) => row.querySelector('.label.positive') || row.querySelector('.label'))";
const BURST = `fetch('/api/burst', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Rowcast-Token': document.querySelector('meta[name=token]').content }, body: '{}' }).then((answer) => answer.ok)`;
const scroll = (place) => `(() => { const place = document.querySelector("${place}"); place.style.scrollMarginTop = '22px'; place.scrollIntoView({ behavior: 'smooth', block: 'start' }); })()`;

// What happens: from which part of the recording on, and under which condition.
const STORY = [
  { at: 0, caption: "Nothing changes: every function is at zero, no process runs." },
  { at: 0.1, run: BURST, caption: "A burst of changes is committed in Postgres: the functions start." },
  { at: 0.3, when: UP, caption: "Each change is scored, stored beside its row, indexed; a likely leaver gets a case." },
  { at: 0.48, run: scroll("#starts-title"), caption: "Cold starts with their durations, and the latest predictions." },
  { at: 0.68, when: "/idle/.test(document.querySelector('#retention .mood').textContent)", run: `location.hash = "#0/row/" + encodeURIComponent(${POSITIVE}.querySelector('a').textContent)`, caption: "One row: its score and its case …" },
  { at: 0.84, when: "document.querySelector('#row-view .part table')", run: scroll("#row-view .part:has(table)"), caption: "… and the trace of its latest change, from commit to document." },
];

const browser = await Browser.start();
try {
  await browser.look(SIZE);
  await browser.open(page);
  await browser.run("localStorage.setItem('rowcast-tour', '1')");
  await browser.open(`${page}#0/path`);
  await browser.until("document.querySelector('#link.live')", 120);
  await browser.until(ZERO, 180);
  const pictures = [], steps = [...STORY], begin = Date.now();
  let caption, last;
  for (let time = 0; time < LENGTH; time = Date.now() - begin) {
    while (steps.length > 0 && time >= steps[0].at * LENGTH && (!steps[0].when || await browser.run(`Boolean(${steps[0].when})`))) {
      const step = steps.shift();
      caption = step.caption;
      last = undefined;
      if (step.run && await browser.run(step.run) === false) throw new Error(`the page refused: ${step.run}`);
    }
    const png = await browser.picture(undefined, { optimizeForSpeed: true });
    if (!last?.equals(png)) pictures.push({ png, time, caption });
    last = png;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, BETWEEN - (Date.now() - begin - time))));
  }
  if (steps.length > 0) throw new Error(`the system was too slow: after ${seconds} s the page does not show ${steps[0].when}`);
  await browser.send("Page.navigate", { url: "about:blank" });
  for (const least of LONGER) {
    const kept = pictures.filter(({ time, caption: text }, number) => {
      const next = pictures[number + 1];
      return !next || next.caption !== text || Math.floor(time / least) !== Math.floor(next.time / least);
    });
    const animation = await Animation.start(browser, SIZE);
    for (const [number, picture] of kept.entries()) await animation.add(picture, (kept[number + 1]?.time ?? LENGTH) - picture.time);
    writeFileSync(file, animation.bytes());
    console.log(`${file}: ${kept.length} of ${pictures.length} pictures of ${seconds} s, ${(statSync(file).size / 1e6).toFixed(2)} MB`);
    if (statSync(file).size <= LARGEST) break;
  }
  if (statSync(file).size > LARGEST) throw new Error(`${file} is larger than ${LARGEST / 1e6} MB: record fewer seconds`);
} finally {
  await browser.close();
}
