import { keep, useSeat } from '../../stores/seat.ts';
import { focusComing } from '../../ui/focus.ts';

/** Under which the seat keeps that the page that comes is turned to by somebody, who goes on there. */
const turnedKey = 'turned';

/** Has the next page take the focus. */
export const bringFocus = (): void => keep(turnedKey, true);

/** There is no next page. */
export const dropFocus = (): void => keep(turnedKey, null);

let turned = false;

/** In a page that somebody turned to, brings the focus to its view once that is there: nothing else of it has it. Gives a function that ends it. */
export function focusTurned(): () => void {
  turned ||= useSeat.getState().items[turnedKey] !== undefined;
  if (!turned) return () => {};
  dropFocus();
  return focusComing();
}
