import { printAddress } from '#shared/address/address.ts';
import { parseLink } from '#shared/address/link.ts';
import type { View } from '#shared/address/view.ts';
import { go, here, openOrShow } from '../../stores/address.ts';
import { keep, useSeat } from '../../stores/seat.ts';
import { inPast, openTarget } from '../../stores/target.ts';
import { focusComing } from '../../ui/focus.ts';

/** Under which the seat keeps that the page that comes is turned to by somebody, who goes on there: the link that leads there, or true. */
const turnedKey = 'turned';

/** Has the next page take the focus, and show where a link leads from the first moment on. */
export const bringFocus = (link?: string): void => keep(turnedKey, link ?? true);

/** There is no next page. */
export const dropFocus = (): void => keep(turnedKey, null);

let turned = false;
/** Where this page began because somebody turned there, until its link was looked at. */
let began: { link: string; place: string } | null = null;

const lead = (view: View): void => (inPast() ? go : openOrShow)(view);

/** In a page that somebody turned to by a link, shows at once where that leads, before there is anything to click. */
export function beginTurned(): void {
  const link = useSeat.getState().items[turnedKey];
  const address = typeof link === 'string' ? parseLink(link)?.address : undefined;
  if (typeof link !== 'string' || address?.target !== openTarget()) return;
  lead(address.view);
  began = { link, place: printAddress(here()) };
}

/**
 * Shows what a link leads to, as it was found when it was looked at; null where there is nothing to show. Whoever turned there by it
 * stands there already, or went elsewhere since and stays there.
 */
export function showLink(link: string, view: View | null): void {
  const mine = began?.link === link ? began : null;
  if (mine) began = null;
  if (!view) return;
  if (!mine) return lead(view);
  const now = here();
  const isThere = printAddress(now) === mine.place;
  if (isThere && printAddress({ ...now, view }) !== mine.place) go(view, { replace: true });
}

/** In a page that somebody turned to, brings the focus to its view once that is there: nothing else of it has it. Gives a function that ends it. */
export function focusTurned(): () => void {
  turned ||= useSeat.getState().items[turnedKey] !== undefined;
  if (!turned) return () => {};
  dropFocus();
  return focusComing();
}
