import { parseAddress, printAddress } from '#shared/address/address.ts';
import { subjectOf } from '#shared/address/link.ts';
import { networkOf } from '#shared/address/network.ts';
import { historyOf, listOf, matrixOf, whatIfOf } from '#shared/address/view.ts';
import type { Address, View } from '#shared/address/view.ts';
import type { Json } from '#shared/domain/json.ts';
import { currentAddress } from './address.ts';
import { setSeatItem, useSeat } from './seat.ts';
import { useTabs } from './tabs/store.ts';

/** More than are shown. */
const most = 12;

/** Milliseconds at a place before it counts as visited. */
const stay = 1200;

const keyOf = (workspace: string): string => `recent:${workspace}`;

const asTexts = (kept: Json | undefined): string[] =>
  Array.isArray(kept) ? kept.filter((text): text is string => typeof text === 'string') : [];

/** The address of a place as text, without search, filters and colours. */
export function placeText(place: Address): string {
  return printAddress({ ...place, view: bare(subjectOf(place.view)) });
}

/** The list with a place at its head. */
export function withPlace(texts: readonly string[], place: Address): string[] {
  const text = placeText(place);
  return [text, ...texts.filter((other) => other !== text)].slice(0, most);
}

/** The view without its adjustable parts; a saved view stays as it is. */
function bare(view: View): View {
  if (view.kind === 'list') return view.panel || view.saved !== '' ? view : listOf(view.type);
  if (view.kind === 'network')
    return networkOf(view.focus === '' ? {} : { focus: view.focus, depth: view.depth });
  if (view.kind === 'matrix') return matrixOf();
  if (view.kind === 'whatif') return whatIfOf();
  if (view.kind === 'molecule') return { ...view, panel: null };
  return view.kind === 'history' ? historyOf() : view;
}

/** Records where the window stays for a while. Returns a function that stops it. */
export function followPlaces(workspace: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = (): void => {
    const key = keyOf(workspace);
    const before = asTexts(useSeat.getState().items[key]);
    const after = withPlace(before, currentAddress());
    if (after.join('\n') !== before.join('\n')) setSeatItem(key, after);
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(note, stay);
  };
  later();
  const stop = useTabs.subscribe(later);
  return () => {
    clearTimeout(timer);
    stop();
  };
}

export function useRecentPlaces(workspace: string | undefined): readonly Address[] {
  const kept = useSeat((seat) => (workspace === undefined ? undefined : seat.items[keyOf(workspace)]));
  return asTexts(kept).flatMap((text) => parseAddress(text) ?? []);
}
