// Elements and texts of every view. Data is always written as text, never as markup.

export const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
export const value = new Intl.NumberFormat("en", { maximumSignificantDigits: 5, maximumFractionDigits: 0, roundingPriority: "morePrecision" });
export const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const instant = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });

export const byId = (id) => document.getElementById(id);

export function duration(milliseconds) {
  if (milliseconds === undefined || milliseconds === null) return "–";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${(milliseconds / 60000).toFixed(1)} min`;
}

export function age(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

export function element(name, kind, ...content) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...content.filter((part) => part !== undefined && part !== null));
  return made;
}

export function cell(kind, ...content) {
  return element("td", kind, ...content);
}

// A name with line breaks allowed after its dots and underscores.
export function breakable(name) {
  return name.split(/(?<=[._])/).flatMap((part) => [part, element("wbr")]);
}

export function button(text, kind, act) {
  const made = element("button", kind, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// A command with a button that copies it.
export function command(text) {
  const copy = button("copy", "small", async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(copy.previousSibling);
      copy.textContent = "selected";
    }
    setTimeout(() => { copy.textContent = "copy"; }, 2000);
  });
  copy.setAttribute("aria-label", `copy: ${text}`);
  return element("span", "command", element("code", "", text), copy);
}
