import type { MouseEvent } from 'react';

const isCut = (element: Element): boolean => element.scrollWidth > element.clientWidth;

/** Says in full, on hover, what a cell has no room for; a cell that shows all of it says nothing. */
export function tellWhatIsCut({ target }: MouseEvent): void {
  const cell = target instanceof Element ? target.closest('[role="gridcell"][data-column]') : null;
  if (!cell || cell.querySelector('input')) return;
  const parts = cell.querySelectorAll('.cell-main, .cell-aside');
  const words = parts.length > 0 ? [...parts].map((part) => part.textContent) : [cell.textContent];
  if (isCut(cell) || [...cell.querySelectorAll('span')].some(isCut))
    cell.setAttribute('title', words.join(' · '));
  else cell.removeAttribute('title');
}
