// Checks the live page of a running system: axe in light, dark and on a phone of 360 px, no sideways scroll, Lighthouse.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Browser, chromium } from "./browser.mjs";

const [page, packages] = process.argv.slice(2);
const require = createRequire(`${packages}/package.json`);
const VIEWS = ["path", "row", "letters", "do", "model"];
const LOOKS = { light: {}, dark: { dark: true }, "360 px": { width: 360, height: 740, phone: true } };
let failures = 0;

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await Browser.start();
try {
  await browser.open(page);
  await browser.run("localStorage.setItem('rowcast-tour', '1')");
  await browser.open(page);
  await browser.until("document.querySelector('#rows a')", 120).catch(() => console.log("no prediction yet: the view of a row is empty"));
  const key = await browser.run("document.querySelector('#rows a')?.textContent ?? ''");
  for (const [look, settings] of Object.entries(LOOKS)) {
    await browser.look(settings);
    for (const view of VIEWS) {
      await browser.open(`${page}#0/${view}${view === "row" ? `/${encodeURIComponent(key)}` : ""}`);
      await browser.until("document.querySelector('#link.live')");
      await browser.until("![...document.querySelectorAll('.said')].some((place) => place.checkVisibility() && /reading|…/.test(place.textContent))");
      await browser.run(axe);
      const violations = await browser.run("axe.run(document).then((found) => found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).slice(0, 3).join(' ')}`))");
      const wide = await browser.run("document.documentElement.scrollWidth - innerWidth");
      failures += violations.length + (wide > 0 ? 1 : 0);
      console.log(`axe  ${look.padEnd(7)} ${view.padEnd(8)} ${violations.length} violations${wide > 0 ? `, ${wide} px too wide` : ""}`);
      violations.forEach((one) => console.log(`       ${one}`));
    }
  }
  const lighthouse = (await import(require.resolve("lighthouse"))).default;
  const desktop = (await import(require.resolve("lighthouse/core/config/desktop-config.js"))).default;
  for (const [screen, config] of [["mobile", undefined], ["desktop", desktop]]) {
    const { lhr } = await lighthouse(page, { port: browser.port, onlyCategories: ["performance", "accessibility"], logLevel: "error" }, config);
    const score = (name) => Math.round(lhr.categories[name].score * 100);
    failures += (score("accessibility") < 100 ? 1 : 0) + (score("performance") < 95 ? 1 : 0);
    const metric = (id) => lhr.audits[id].displayValue;
    console.log(`Lighthouse ${lhr.lighthouseVersion} ${screen}: accessibility ${score("accessibility")}, performance ${score("performance")} (first paint ${metric("first-contentful-paint")}, `
      + `largest ${metric("largest-contentful-paint")}, blocked ${metric("total-blocking-time")}, shift ${metric("cumulative-layout-shift")}, speed index ${metric("speed-index")})`);
  }
} finally {
  await browser.close();
}
console.log(`${chromium()}: ${failures === 0 ? "all checks hold" : `${failures} checks fail`}`);
process.exitCode = failures === 0 ? 0 : 1;
