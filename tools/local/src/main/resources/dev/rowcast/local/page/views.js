// The address of a view: #table/view/key, as in /#0/row/2718-YSKCS. The first view of the first table needs none.

const listeners = [];

export function current() {
  const [table, view, ...rest] = location.hash.slice(1).split("/");
  return { table: /^\d{1,3}$/.test(table) ? Number(table) : 0, view: view || "path", key: decodeURIComponent(rest.join("/")) };
}

export function address(view, key) {
  return `#${current().table}/${view}${key === undefined ? "" : `/${encodeURIComponent(key)}`}`;
}

export function onView(listener) {
  listeners.push(listener);
}

// Shows the section of the view, and moves the focus to its heading when a person changed it.
export function showView(byPerson) {
  const { view } = current();
  const sections = [...document.querySelectorAll("main > [data-view]")];
  const shown = sections.find((section) => section.dataset.view === view) ?? sections[0];
  for (const section of sections) section.hidden = section !== shown;
  for (const link of document.querySelectorAll("#views a")) {
    link.href = address(link.dataset.view);
    if (link.dataset.view === shown.dataset.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (byPerson) {
    scrollTo(0, 0);
    shown.querySelector("h2").focus();
  }
  for (const listener of listeners) listener(shown.dataset.view);
}
