import type { View } from '#shared/address/view.ts';
import { windowStore } from '../../api/window-store.ts';
import { useTabId, frontTab } from '../../stores/tabs/store.ts';
import { savableView, addressOf, withoutOpenRecord } from './saved.ts';
import type { SavableView, ParsedView } from './saved.ts';
import { say } from '../../i18n/setup.ts';
import { adjustList, navigate, currentAddress } from '../../stores/address.ts';
import { linkTo } from '../../ui/copyLink.ts';
import { copyText } from '../../ui/clipboard.ts';
import { notice } from '../../ui/notices.tsx';
import { discardLayout } from './layout.ts';

/** The ids of opened saved views by tab and kind, for kinds whose address does not have the id. */
const useOpenedIds = windowStore<Readonly<Record<string, string>>>(() => ({}));

const openedKey = (tab: string, kind: string): string => `${tab}/${kind}`;

/** Sets the saved view of a tab; '' for none. */
export function setSavedView(tab: string, kind: string, savedId: string): void {
  useOpenedIds.setState({ [openedKey(tab, kind)]: savedId });
}

/** The id of the saved view that the component's tab shows; '' for none. Reactive. */
export function useOpenedId(view: View): string {
  const tab = useTabId();
  const openedId = useOpenedIds((ids) => ids[openedKey(tab, view.kind)]);
  if (!savableView(view)) return '';
  return view.kind === 'list' ? view.saved : (openedId ?? '');
}

const withSavedId = (id: string, view: SavableView): SavableView =>
  view.kind === 'list' ? ({ ...withoutOpenRecord(view), saved: id } as SavableView) : withoutOpenRecord(view);

/** Opens a saved view with its layout; the seat's own layout stays. */
export function openSaved({ id, name, parsedView }: ParsedView): void {
  if (!parsedView) {
    notice({ id: `view:${id}`, title: say('views:unreadable', { name }), more: say('views:unreadableMore') });
    return;
  }
  navigate(withSavedId(id, parsedView));
  // If the view opened in a background tab, the saved view of the front tab stays.
  const frontView = savableView(currentAddress().view);
  if (parsedView.kind !== 'list' && frontView && addressOf(frontView) === addressOf(parsedView))
    setSavedView(frontTab(), parsedView.kind, id);
}

export function discardViewChanges({ id, parsedView }: ParsedView): void {
  if (!parsedView) return;
  discardLayout(id);
  const { view } = currentAddress();
  const unmodifiedView = withSavedId(id, parsedView);
  const panel = view.kind === 'list' && unmodifiedView.kind === 'list' ? { panel: view.panel } : {};
  navigate({ ...unmodifiedView, ...panel }, { replace: true });
}

/** Detaches the current view from its saved view, and discards its unsaved layout. */
export function leaveSavedView(view: SavableView, savedId: string): void {
  if (view.kind === 'list') adjustList({ saved: '' });
  else setSavedView(frontTab(), view.kind, '');
  discardLayout(savedId);
}

/** Copies the link of a saved view, with its id so that its layout is found; a private view's link has only the address. */
export function copyLink({ id, name, parsedView, address, isMine }: ParsedView): void {
  const link = parsedView
    ? linkTo(isMine ? withoutOpenRecord(parsedView) : withSavedId(id, parsedView))
    : address;
  if (copyText(link))
    notice({ id: 'view-link', title: say('notices:link.copiedRecord', { title: name }), stays: 4000 });
}
