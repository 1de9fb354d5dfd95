/** Room that a cell leaves beside its content, in px. */
const margin = 24;

/** Room beside the name in a heading for the sign of its order, and over numbers for that of its menu, in px. */
const signs = { order: 17, menu: 10 };

/** How wide the content of a cell would be with nothing cut off. */
function contentWidth(cell: Element): number {
  const parts = [...cell.querySelectorAll('span, button')].filter((part) => !part.closest('[data-open]'));
  return Math.max(0, ...parts.map(({ scrollWidth }) => scrollWidth));
}

/** The same of a heading while the column is sorted. Its button is as wide as the column and says nothing. */
function headWidth(head: Element): number {
  const name = head.querySelector('.head-button .cut')?.scrollWidth ?? 0;
  return name + signs.order + (head.classList.contains('cell-end') ? signs.menu : 0);
}

/** The width in px at which nothing is cut off in a column, in its heading and the rows on the screen. */
export function fitWidth(grid: Element, key: string, index: number): number {
  const head = grid.querySelector(`[data-head="${CSS.escape(key)}"]`);
  const cells = [...grid.querySelectorAll(`[data-column="${index}"]`)];
  return Math.ceil(Math.max(head ? headWidth(head) : 0, ...cells.map(contentWidth))) + margin;
}
