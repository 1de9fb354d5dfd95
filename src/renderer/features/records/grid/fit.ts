/** Room that a cell leaves beside its content, in px. */
const margin = 24;

/** How wide the content of an element would be with nothing cut off. */
function contentWidth(cell: Element): number {
  let width = 0;
  for (const part of cell.querySelectorAll('span, button')) {
    if (part.closest('[data-open]') || part.closest('.column-edge') || part.closest('.head-menu')) continue;
    width = Math.max(width, part.scrollWidth);
  }
  return width;
}

/** The width in px at which nothing is cut off in a column, in its heading and the rows on the screen. */
export function fitWidth(grid: Element, key: string, index: number): number {
  const head = grid.querySelector(`[data-head="${CSS.escape(key)}"]`);
  const cells = grid.querySelectorAll(`[data-column="${index}"]`);
  const widths = [...(head ? [head] : []), ...cells].map(contentWidth);
  return Math.ceil(Math.max(0, ...widths)) + margin;
}
