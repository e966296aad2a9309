// An animated WebP. The browser encodes what changed between two pictures; here the parts become one file.
// https://developers.google.com/speed/webp/docs/riff_container

const CAPTION = 34;

const BLOCK = 16;

// Runs in the browser: encodes the blocks that changed, without loss, and leaves the others transparent.
async function changes(png, caption, width, height, strip, block) {
  const canvas = new OffscreenCanvas(width, height + strip), context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob()), 0, 0);
  context.fillStyle = "#22262b";
  context.fillRect(0, height, width, strip);
  context.fillStyle = "#ffffff";
  context.font = "17px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.fillText(caption, 20, height + strip / 2 + 1);
  const now = context.getImageData(0, 0, width, height + strip);
  const pixels = new Uint32Array(now.data.buffer), before = globalThis.before;
  globalThis.before = pixels.slice();
  let left = width, top = height + strip, right = 0, bottom = 0;
  for (let y = 0; y < height + strip; y += block) {
    for (let x = 0; x < width; x += block) {
      const end = Math.min(x + block, width), low = Math.min(y + block, height + strip);
      const places = [];
      for (let line = y; line < low; line++) for (let at = line * width + x; at < line * width + end; at++) places.push(at);
      if (before && places.every((at) => before[at] === pixels[at])) places.forEach((at) => { pixels[at] = 0; });
      else { left = Math.min(left, x); right = Math.max(right, end); top = Math.min(top, y); bottom = Math.max(bottom, low); }
    }
  }
  if (right === 0) return null;
  // With at most 256 colours, one of them transparent, the encoder uses a palette: a third of the bytes. Only edges of letters change.
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  counts.delete(0);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 255).map(([colour]) => colour), nearest = new Map([[0, 0], ...palette.map((colour) => [colour, colour])]);
  const distance = (a, b) => [0, 8, 16].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  for (let at = 0; at < pixels.length; at++) {
    const colour = pixels[at];
    if (!nearest.has(colour)) nearest.set(colour, palette.reduce((best, one) => (distance(one, colour) < distance(best, colour) ? one : best)));
    pixels[at] = nearest.get(colour);
  }
  const part = new OffscreenCanvas(right - left, bottom - top);
  part.getContext("2d").putImageData(now, -left, -top);
  const bytes = new Uint8Array(await (await part.convertToBlob({ type: "image/webp", quality: 1 })).arrayBuffer());
  let text = "";
  for (let from = 0; from < bytes.length; from += 32768) text += String.fromCharCode(...bytes.subarray(from, from + 32768));
  return { left, top, width: part.width, height: part.height, webp: btoa(text) };
}

function chunk(name, ...content) {
  const data = Buffer.concat(content), header = Buffer.alloc(8);
  header.write(name, "latin1");
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2)]);
}

function numbers(...some) {
  return Buffer.concat(some.map((number) => Buffer.from([number & 255, (number >> 8) & 255, number >> 16])));
}

// The chunks of a still picture that hold its pixels.
function pixels(still) {
  const chunks = [];
  for (let at = 12; at < still.length;) {
    const end = at + 8 + still.readUInt32LE(at + 4) + (still.readUInt32LE(at + 4) % 2);
    if (["ALPH", "VP8 ", "VP8L"].includes(still.toString("latin1", at, at + 4))) chunks.push(still.subarray(at, end));
    at = end;
  }
  return Buffer.concat(chunks);
}

export class Animation {
  static async start(browser, { width, height }) {
    const animation = new Animation();
    Object.assign(animation, { browser, width, height, frames: [] });
    await browser.run(`globalThis.before = undefined; globalThis.changes = ${changes}; true`);
    return animation;
  }

  // A picture, and how long it is shown in milliseconds.
  async add({ png, caption }, time) {
    const part = await this.browser.run(`changes("${png.toString("base64")}", ${JSON.stringify(caption)}, ${this.width}, ${this.height}, ${CAPTION}, ${BLOCK})`);
    if (part) this.frames.push({ ...part, time });
    else this.frames.at(-1).time += time;
  }

  bytes() {
    const size = numbers(this.width - 1, this.height + CAPTION - 1);
    // Flags: animation and transparency. A background, and a repetition without end.
    const parts = [chunk("VP8X", Buffer.from([0x12, 0, 0, 0]), size), chunk("ANIM", Buffer.from([255, 255, 255, 255, 0, 0]))];
    for (const { left, top, width, height, time, webp } of this.frames) {
      parts.push(chunk("ANMF", numbers(left / 2, top / 2, width - 1, height - 1, Math.round(time)), Buffer.from([0]), pixels(Buffer.from(webp, "base64"))));
    }
    const content = Buffer.concat([Buffer.from("WEBP"), ...parts]), header = Buffer.alloc(8);
    header.write("RIFF");
    header.writeUInt32LE(content.length, 4);
    return Buffer.concat([header, content]);
  }
}
