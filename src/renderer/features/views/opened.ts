import { create } from 'zustand';
import type { View } from '#shared/address/view.ts';
import { useTabId } from '../../stores/tabs/store.ts';
import { savable } from './place.ts';
import type { Savable } from './place.ts';

/** From which saved view a tab's history or network began, by tab and kind. The address of a list says so itself. */
const useBegun = create<Readonly<Record<string, string>>>()(() => ({}));

const keyOf = (tab: string, kind: string): string => `${tab}/${kind}`;

/** Notes the saved view that a tab shows from now on; '' for none. */
export function begin(tab: string, kind: string, saved: string): void {
  useBegun.setState({ [keyOf(tab, kind)]: saved });
}

/** The id of the saved view that what a tab shows began as, or ''; for use outside of components. */
export function begunAs(tab: string, view: Savable): string {
  return view.kind === 'list' ? view.saved : (useBegun.getState()[keyOf(tab, view.kind)] ?? '');
}

/** The same of the component's tab; the component is drawn again when it changes. */
export function useBegunAs(view: View): string {
  const tab = useTabId();
  const noted = useBegun((begun) => begun[keyOf(tab, view.kind)]);
  if (!savable(view)) return '';
  return view.kind === 'list' ? view.saved : (noted ?? '');
}
