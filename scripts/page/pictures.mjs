// Takes pictures of the live page of a running system: pictures.mjs URL FOLDER [NAME…]

import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { Browser } from "./browser.mjs";

const [page, folder, ...names] = process.argv.slice(2);
const PHONE = { width: 360, height: 740, phone: true };
const CONNECTED = "document.querySelector('#link.live')";
const LIVE = `${CONNECTED} && document.querySelector('#rows a')`;
const COUNTED = "[...document.querySelectorAll('[data-count]')].every((place) => place.closest('[hidden]') || place.textContent !== '–')";

// Each picture: how the page looks, its view, what is done there, and what must be seen then.
const PICTURES = {
  empty: { view: "path", height: 1000, open: `${CONNECTED} && ${COUNTED}`, unless: "document.querySelector('#rows a')", why: "a row exists already: the picture needs a new system, make clean-data and then make run LOAD=off" },
  burst: { view: "path", act: "post('burst')", seen: "['predictor', 'indexer'].every((id) => document.getElementById(id).classList.contains('up')) && document.querySelector('.rate:not(:empty)')", after: 1500 },
  row: { view: "row", height: 1150, seen: "document.querySelector('#row-view .part table')" },
  dark: { look: { dark: true }, view: "path" },
  phone: { look: PHONE, view: "path", height: 1900 },
  "phone-row": { look: PHONE, view: "row", height: 1300, seen: "document.querySelector('#row-view .part table')" },
  "what-if": { view: "do", seen: "document.querySelector('#what-if .score')", after: 300 },
  "dead-letters": { view: "letters", before: "post('faulty-event', { kind: 'not-json' })", act: "document.querySelector('#letters-rows button').click()", first: "document.querySelector('#letters-rows button')", seen: "document.querySelector('#letter-details pre')", after: 500 },
  model: { view: "model", height: 1500, seen: "document.querySelector('#meter-rows tr')" },
  zero: { view: "path", seen: "[...document.querySelectorAll('.function')].every((one) => one.hidden || one.querySelector('.instances').textContent === '0')", patience: 180 },
  gone: { view: "path", end: true, seen: "!document.getElementById('stale').hidden && document.body.classList.contains('stale')", patience: 30, after: 2500 },
  away: { view: "path", before: "post('station', { station: 'Elasticsearch', do: 'stop' })", seen: "document.querySelector('#away li')", after: 1500, undo: "post('station', { station: 'Elasticsearch', do: 'start' })" },
};

// A server between the browser and the page, which can end as the system ends.
async function relay(target) {
  const { host } = new URL(target);
  const server = createServer((asked, answer) => {
    const passed = request(new URL(asked.url, target), { method: asked.method, headers: { ...asked.headers, host } }, (found) => {
      answer.writeHead(found.statusCode, found.headers);
      found.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    answer.on("close", () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://localhost:${server.address().port}/`, end: () => { server.close(); server.closeAllConnections(); } };
}

mkdirSync(folder, { recursive: true });
const browser = await Browser.start();
try {
  await browser.open(page);
  await browser.run("localStorage.setItem('rowcast-tour', '1')");
  for (const [name, { look = {}, view, height, open = LIVE, unless, why, end, before, first, act, seen, after = 0, undo, patience = 60 }] of Object.entries(PICTURES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const post = (script) => browser.run(`(async () => { const post = async (path, body = {}) => (await fetch('/api/' + path, { method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Rowcast-Token': document.querySelector('meta[name=token]').content }, body: JSON.stringify(body) })).status; return ${script}; })()`);
    await browser.look(look);
    const between = end && await relay(page), address = between ? between.url : page;
    if (between) {
      await browser.open(address);
      await browser.run("localStorage.setItem('rowcast-tour', '1')");
    }
    await browser.open(`${address}#0/path`);
    await browser.until(open, 120);
    if (unless && await browser.run(`Boolean(${unless})`)) {
      console.log(`no picture ${name}: ${why}`);
      continue;
    }
    const key = await browser.run("[...document.querySelectorAll('#rows tr')].find((row) => row.querySelector('.label.positive') || row.querySelector('.label'))?.querySelector('a').textContent ?? ''");
    if (before) {
      await post(before);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    await browser.run(`location.hash = '#0/${view}${view === "row" ? `/${encodeURIComponent(key)}` : ""}'`);
    if (first) await browser.until(first);
    if (act) await post(act);
    between?.end();
    if (seen) await browser.until(seen, patience);
    await new Promise((resolve) => setTimeout(resolve, Math.max(after, 1200)));
    writeFileSync(`${folder}/${name}.png`, await browser.picture(height));
    if (undo) await post(undo);
    console.log(`${folder}/${name}.png`);
  }
} finally {
  await browser.close();
}
