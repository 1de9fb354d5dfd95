import { printAddress } from '#shared/address/address.ts';
import { parseLink } from '#shared/address/link.ts';
import type { View } from '#shared/address/view.ts';
import { atStart } from '../../api/window-state.ts';
import { navigate, currentAddress, openOrShow } from '../../stores/address.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import { inPast, pageTarget } from '../../stores/target.ts';
import { focusViewWhenReady } from '../../ui/focus.ts';

/** The seat item with which a page lets the next one take the focus: the link to show, or true. */
const focusKey = 'turned';

/** Lets the next page take the focus, and show a link at once. */
export const requestFocus = (link?: string): void => setSeatItem(focusKey, link ?? true);

/** Reverts `requestFocus` if no page follows. */
export const cancelFocusRequest = (): void => setSeatItem(focusKey, null);

let hasFocusRequest: boolean;
/** The link with which this page was opened, until it is resolved. */
let openedLink: { link: string; address: string } | null;
atStart(() => {
  hasFocusRequest = false;
  openedLink = null;
});

const showView = (view: View): void => (inPast() ? navigate : openOrShow)(view);

export function showStartLink(): void {
  const link = useSeat.getState().items[focusKey];
  const address = typeof link === 'string' ? parseLink(link)?.address : undefined;
  if (typeof link !== 'string' || address?.target !== pageTarget()) return;
  showView(address.view);
  openedLink = { link, address: printAddress(currentAddress()) };
}

/** Shows the view of a link, if it has one. The page that was opened with this link stays if the person has navigated since. */
export function showLink(link: string, view: View | null): void {
  const startLink = openedLink?.link === link ? openedLink : null;
  if (startLink) openedLink = null;
  if (!view) return;
  if (!startLink) return showView(view);
  const address = currentAddress();
  const isUnmoved = printAddress(address) === startLink.address;
  if (isUnmoved && printAddress({ ...address, view }) !== startLink.address)
    navigate(view, { replace: true });
}

/** Focuses the view as soon as it appears if `requestFocus` was called. Returns a function that stops waiting. */
export function focusOpenedPage(): () => void {
  hasFocusRequest ||= useSeat.getState().items[focusKey] !== undefined;
  if (!hasFocusRequest) return () => {};
  cancelFocusRequest();
  return focusViewWhenReady();
}
