// How far each column has shifted since training.

import { byId, element, whole } from "/format.js";

// The columns with the largest shift are first; a full meter is twice the limit of a large shift.
export function showShifts(state, names) {
  const rows = Math.max(0, ...state.shifts.map((shift) => shift.rows)), known = state.shifts.filter((shift) => shift.psi !== null);
  byId("shifts-known").textContent = known.length > 0
    ? `Population stability index of ${whole.format(rows)} scored changes of the last seven days, compared with the training data: ${names.someShift} or more is a shift, ${names.largeShift} or more a large one.`
    : `Shown after ${names.leastRows} scored changes; ${whole.format(rows)} are counted so far. Counts are stored every half minute.`;
  byId("shifts").replaceChildren(...known.sort((a, b) => b.psi - a.psi).map((shift) => {
    const name = element("span", "", shift.column), fill = element("i");
    name.title = shift.column;
    fill.style.width = `${Math.min(1, shift.psi / (2 * names.largeShift)) * 100}%`;
    return element("li", shift.psi >= names.largeShift ? "large" : shift.psi >= names.someShift ? "some" : "",
      name, element("div", "meter", fill), element("b", "", shift.psi.toFixed(2)));
  }));
}
