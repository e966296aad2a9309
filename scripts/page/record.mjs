// Records the live page of a running system while a burst passes: record.mjs URL FOLDER [SECONDS]. Writes a picture for each change of the
// page, and frames.json with the time of each in milliseconds.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { Browser } from "./browser.mjs";

const [page, folder, seconds = "20"] = process.argv.slice(2);
const LENGTH = Number(seconds) * 1000;
const BETWEEN = 125;
const TOKEN = "document.querySelector('meta[name=token]')?.content";

// What happens, at which part of the recording. The burst starts functions that were at zero.
const STORY = [
  { at: 0.06, run: `fetch('/api/burst', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Rowcast-Token': ${TOKEN} ?? '' }, body: '{}' }).then((answer) => answer.status)`, expected: (status) => status < 300 },
  { at: 0.6, run: "location.hash = `#0/row/${encodeURIComponent(document.querySelector('#rows a').textContent)}`" },
  { at: 0.85, run: "location.hash = '#0/path'" },
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const browser = await Browser.start();
try {
  await browser.look({ width: 960, height: 600 });
  await browser.open(page);
  await browser.run("localStorage.setItem('rowcast-tour', '1')");
  await browser.open(`${page}#0/path`);
  await browser.until("document.querySelector('#link.live')", 120);
  const frames = [], steps = [...STORY], begin = Date.now();
  let last;
  for (let time = 0; time < LENGTH; time = Date.now() - begin) {
    while (steps.length > 0 && time >= steps[0].at * LENGTH) {
      const step = steps.shift(), result = await browser.run(step.run);
      if (step.expected && !step.expected(result)) throw new Error(`the page answered ${result} to: ${step.run}`);
    }
    const picture = await browser.picture();
    if (!last?.equals(picture)) {
      const file = `${String(frames.length).padStart(4, "0")}.png`;
      writeFileSync(`${folder}/${file}`, picture);
      frames.push({ file, time });
      last = picture;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, BETWEEN - (Date.now() - begin - time))));
  }
  writeFileSync(`${folder}/frames.json`, JSON.stringify({ length: LENGTH, frames }));
  console.log(`${frames.length} pictures of ${seconds} s`);
} finally {
  await browser.close();
}
