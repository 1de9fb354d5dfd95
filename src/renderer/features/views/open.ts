import type { View } from '#shared/address/view.ts';
import { windowStore } from '../../api/window-store.ts';
import { useTabId, frontTab } from '../../stores/tabs/store.ts';
import { savableView, addressOf, withoutOpenRecord } from './saved.ts';
import type { Savable, Known } from './saved.ts';
import { say } from '../../i18n/setup.ts';
import { adjustList, navigate, currentAddress } from '../../stores/address.ts';
import { linkTo } from '../../ui/copyLink.ts';
import { copyText } from '../../ui/clipboard.ts';
import { notice } from '../../ui/notices.tsx';
import { forgetLayout } from './layout.ts';

const useBegun = windowStore<Readonly<Record<string, string>>>(() => ({}));

const keyOf = (tab: string, kind: string): string => `${tab}/${kind}`;

/** Sets the saved view of a tab; '' for none. */
export function setSavedView(tab: string, kind: string, saved: string): void {
  useBegun.setState({ [keyOf(tab, kind)]: saved });
}

/** The saved view of the component's tab. Reactive. */
export function useBegunAs(view: View): string {
  const tab = useTabId();
  const begunFrom = useBegun((begun) => begun[keyOf(tab, view.kind)]);
  if (!savableView(view)) return '';
  return view.kind === 'list' ? view.saved : (begunFrom ?? '');
}

const placed = (id: string, place: Savable): Savable =>
  place.kind === 'list' ? ({ ...withoutOpenRecord(place), saved: id } as Savable) : withoutOpenRecord(place);

/** Opens a saved view with its layout; the seat's own layout stays. */
export function openSaved({ id, name, place }: Known): void {
  if (!place) {
    notice({ id: `view:${id}`, title: say('views:unreadable', { name }), more: say('views:unreadableMore') });
    return;
  }
  navigate(placed(id, place));
  // In a background tab it is only an address.
  const shown = savableView(currentAddress().view);
  if (place.kind !== 'list' && shown && addressOf(shown) === addressOf(place))
    setSavedView(frontTab(), place.kind, id);
}

export function discardViewChanges({ id, place }: Known): void {
  if (!place) return;
  forgetLayout(id);
  const { view } = currentAddress();
  const shown = placed(id, place);
  const panel = view.kind === 'list' && shown.kind === 'list' ? { panel: view.panel } : {};
  navigate({ ...shown, ...panel }, { replace: true });
}

/** Continues with the current view without its saved view. */
export function leaveSavedView(view: Savable, saved: string): void {
  if (view.kind === 'list') adjustList({ saved: '' });
  else setSavedView(frontTab(), view.kind, '');
  forgetLayout(saved);
}

/** Copies the link of a saved view, with its id so that its layout is found; a private one is not available to others. */
export function copyLink({ id, name, place, address, mine }: Known): void {
  const link = place ? linkTo(mine ? withoutOpenRecord(place) : placed(id, place)) : address;
  if (copyText(link))
    notice({ id: 'view-link', title: say('notices:link.copiedRecord', { title: name }), stays: 4000 });
}
