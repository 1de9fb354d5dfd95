import type { View } from '#shared/address/view.ts';
import { windowStore } from '../../api/window-store.ts';
import { useTabId, frontTab } from '../../stores/tabs/store.ts';
import { savableView, addressOf, withoutOpenRecord } from './saved.ts';
import type { Savable, ParsedView } from './saved.ts';
import { say } from '../../i18n/setup.ts';
import { adjustList, navigate, currentAddress } from '../../stores/address.ts';
import { linkTo } from '../../ui/copyLink.ts';
import { copyText } from '../../ui/clipboard.ts';
import { notice } from '../../ui/notices.tsx';
import { discardLayout } from './layout.ts';

const useOpenedIds = windowStore<Readonly<Record<string, string>>>(() => ({}));

const keyOf = (tab: string, kind: string): string => `${tab}/${kind}`;

/** Sets the saved view of a tab; '' for none. */
export function setSavedView(tab: string, kind: string, saved: string): void {
  useOpenedIds.setState({ [keyOf(tab, kind)]: saved });
}

/** The saved view of the component's tab. Reactive. */
export function useOpenedId(view: View): string {
  const tab = useTabId();
  const openedId = useOpenedIds((ids) => ids[keyOf(tab, view.kind)]);
  if (!savableView(view)) return '';
  return view.kind === 'list' ? view.saved : (openedId ?? '');
}

const withSavedId = (id: string, place: Savable): Savable =>
  place.kind === 'list' ? ({ ...withoutOpenRecord(place), saved: id } as Savable) : withoutOpenRecord(place);

/** Opens a saved view with its layout; the seat's own layout stays. */
export function openSaved({ id, name, place }: ParsedView): void {
  if (!place) {
    notice({ id: `view:${id}`, title: say('views:unreadable', { name }), more: say('views:unreadableMore') });
    return;
  }
  navigate(withSavedId(id, place));
  // A tab in the background only gets the address.
  const shown = savableView(currentAddress().view);
  if (place.kind !== 'list' && shown && addressOf(shown) === addressOf(place))
    setSavedView(frontTab(), place.kind, id);
}

export function discardViewChanges({ id, place }: ParsedView): void {
  if (!place) return;
  discardLayout(id);
  const { view } = currentAddress();
  const shown = withSavedId(id, place);
  const panel = view.kind === 'list' && shown.kind === 'list' ? { panel: view.panel } : {};
  navigate({ ...shown, ...panel }, { replace: true });
}

/** Continues with the current view without its saved view. */
export function leaveSavedView(view: Savable, saved: string): void {
  if (view.kind === 'list') adjustList({ saved: '' });
  else setSavedView(frontTab(), view.kind, '');
  discardLayout(saved);
}

/** Copies the link of a saved view, with its id so that its layout is found; a private view's link has only the address. */
export function copyLink({ id, name, place, address, mine }: ParsedView): void {
  const link = place ? linkTo(mine ? withoutOpenRecord(place) : withSavedId(id, place)) : address;
  if (copyText(link))
    notice({ id: 'view-link', title: say('notices:link.copiedRecord', { title: name }), stays: 4000 });
}
