// A headless Chromium, driven by the DevTools protocol: no packages needed, Node 20 (with --experimental-websocket) or newer.

import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

// The executable: $CHROME_PATH, or the first of the usual names on the PATH.
export function chromium() {
  const candidates = process.env.CHROME_PATH ? [process.env.CHROME_PATH]
    : (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = candidates.find((file) => { try { accessSync(file, constants.X_OK); return true; } catch { return false; } });
  if (!found) throw new Error("no Chromium: install it, or set CHROME_PATH to its executable");
  return found;
}

export class Browser {
  static async start() {
    const browser = new Browser();
    browser.folder = mkdtempSync(join(tmpdir(), "rowcast-page-"));
    browser.process = spawn(chromium(), ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
      "--remote-debugging-port=0", `--user-data-dir=${browser.folder}`, "about:blank"], { stdio: "ignore" });
    const file = join(browser.folder, "DevToolsActivePort");
    await until(() => existsSync(file) && readFileSync(file, "utf8").includes("\n"), "Chromium does not start");
    browser.port = Number(readFileSync(file, "utf8").split("\n")[0]);
    const [page] = (await (await fetch(`http://127.0.0.1:${browser.port}/json/list`)).json()).filter((one) => one.type === "page");
    browser.socket = new WebSocket(page.webSocketDebuggerUrl);
    browser.waiting = new Map();
    browser.next = 0;
    browser.socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data), waiter = browser.waiting.get(message.id);
      browser.waiting.delete(message.id);
      if (message.error) waiter?.reject(new Error(message.error.message));
      else waiter?.resolve(message.result);
    });
    await new Promise((resolve, reject) => {
      browser.socket.addEventListener("open", resolve);
      browser.socket.addEventListener("error", () => reject(new Error("Chromium does not answer")));
    });
    return browser;
  }

  send(method, params = {}) {
    const id = ++this.next;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  async look({ width = 1280, height = 900, dark = false, phone = false }) {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: phone });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
  }

  async open(url) {
    await this.send("Page.navigate", { url: "about:blank" });
    await this.send("Page.navigate", { url });
    await this.until("document.readyState === 'complete'");
  }

  async run(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async until(expression, seconds = 60) {
    await until(() => this.run(expression).catch(() => false), `the page does not show: ${expression}`, seconds);
  }

  async picture(height, options = {}) {
    const clip = height ? { clip: { x: 0, y: 0, width: await this.run("innerWidth"), height, scale: 1 }, captureBeyondViewport: true } : {};
    return Buffer.from((await this.send("Page.captureScreenshot", { format: "png", ...clip, ...options })).data, "base64");
  }

  async close() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.socket.close();
    this.process.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function until(condition, failure, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(failure);
}
