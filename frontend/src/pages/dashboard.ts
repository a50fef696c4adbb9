// One tab stop per chart: arrows move between its marks, Enter opens the list, since marks are links.
// Without this script the first mark of each chart and every row of its table are reached by keyboard.

import { destination } from "./roving";

function rove(plot: SVGSVGElement): void {
  const marks = [...plot.querySelectorAll<SVGAElement>("a")];
  plot.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return; // Alt+Left goes back
    const from = marks.indexOf(document.activeElement as SVGAElement);
    const to = destination(event.key, from, marks.length);
    const next = to === null ? undefined : marks[to];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  // On focus and not on the key, so that a mark reached by a click keeps the tab stop as well.
  plot.addEventListener("focusin", (event) => {
    for (const mark of marks) mark.setAttribute("tabindex", mark.contains(event.target as Node) ? "0" : "-1");
  });
}

for (const plot of document.querySelectorAll<SVGSVGElement>("svg.plot")) {
  rove(plot);
  const view = plot.parentElement; // on a phone it scrolls: the latest days are at its end
  if (view) view.scrollLeft = view.scrollWidth;
}
