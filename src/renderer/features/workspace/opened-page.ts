import { printAddress } from '#shared/address/address.ts';
import { parseLink } from '#shared/address/link.ts';
import type { View } from '#shared/address/view.ts';
import { atStart } from '../../api/window-state.ts';
import { navigate, currentAddress, openOrShow } from '../../stores/address.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import { inPast, openTarget } from '../../stores/target.ts';
import { focusViewWhenReady } from '../../ui/focus.ts';

/** The seat item that lets the page that a person opened take the focus: the link to show, or true. */
const focusKey = 'turned';

/** Lets the next page take the focus, and show a link at once. */
export const requestFocus = (link?: string): void => setSeatItem(focusKey, link ?? true);

/** Reverts `requestFocus` if no page follows. */
export const cancelFocusRequest = (): void => setSeatItem(focusKey, null);

let hasFocusRequest: boolean;
/** The link with which this page was opened, until it is resolved. */
let openedLink: { link: string; place: string } | null;
atStart(() => {
  hasFocusRequest = false;
  openedLink = null;
});

const showView = (view: View): void => (inPast() ? navigate : openOrShow)(view);

export function showStartLink(): void {
  const link = useSeat.getState().items[focusKey];
  const address = typeof link === 'string' ? parseLink(link)?.address : undefined;
  if (typeof link !== 'string' || address?.target !== openTarget()) return;
  showView(address.view);
  openedLink = { link, place: printAddress(currentAddress()) };
}

/** Shows the resolved view of a link; null if there is none. If the person has navigated meanwhile, the page stays there. */
export function showLink(link: string, view: View | null): void {
  const startLink = openedLink?.link === link ? openedLink : null;
  if (startLink) openedLink = null;
  if (!view) return;
  if (!startLink) return showView(view);
  const address = currentAddress();
  const isUnmoved = printAddress(address) === startLink.place;
  if (isUnmoved && printAddress({ ...address, view }) !== startLink.place) navigate(view, { replace: true });
}

/** Focuses the view of a newly opened page as soon as it appears. Returns a function that stops waiting for the view. */
export function focusOpenedPage(): () => void {
  hasFocusRequest ||= useSeat.getState().items[focusKey] !== undefined;
  if (!hasFocusRequest) return () => {};
  cancelFocusRequest();
  return focusViewWhenReady();
}
