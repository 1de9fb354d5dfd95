import { printAddress } from '#shared/address/address.ts';
import { parseLink } from '#shared/address/link.ts';
import type { View } from '#shared/address/view.ts';
import { atStart } from '../../api/window-state.ts';
import { navigate, currentAddress, openOrShow } from '../../stores/address.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import { inPast, openTarget } from '../../stores/target.ts';
import { focusComing } from '../../ui/focus.ts';

/** Set if a person opened the next page, which then takes the focus: the link to show, or true. */
const turnedKey = 'turned';

/** Lets the next page take the focus, and show a link at once. */
export const bringFocus = (link?: string): void => setSeatItem(turnedKey, link ?? true);

/** Reverts `bringFocus` if no page follows. */
export const dropFocus = (): void => setSeatItem(turnedKey, null);

let turned: boolean;
/** The link with which this page was opened, until it is resolved. */
let began: { link: string; place: string } | null;
atStart(() => {
  turned = false;
  began = null;
});

const lead = (view: View): void => (inPast() ? navigate : openOrShow)(view);

export function beginTurned(): void {
  const link = useSeat.getState().items[turnedKey];
  const address = typeof link === 'string' ? parseLink(link)?.address : undefined;
  if (typeof link !== 'string' || address?.target !== openTarget()) return;
  lead(address.view);
  began = { link, place: printAddress(currentAddress()) };
}

/** Shows the resolved view of a link, null if there is none. A person who moved on meanwhile stays there. */
export function showLink(link: string, view: View | null): void {
  const mine = began?.link === link ? began : null;
  if (mine) began = null;
  if (!view) return;
  if (!mine) return lead(view);
  const now = currentAddress();
  const isThere = printAddress(now) === mine.place;
  if (isThere && printAddress({ ...now, view }) !== mine.place) navigate(view, { replace: true });
}

/** Focuses the view of a newly opened page as soon as it appears. Returns a function that stops it. */
export function focusTurned(): () => void {
  turned ||= useSeat.getState().items[turnedKey] !== undefined;
  if (!turned) return () => {};
  dropFocus();
  return focusComing();
}
