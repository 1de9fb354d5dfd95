import { parseAddress, printAddress } from '#shared/address/address.ts';
import { viewForLink } from '#shared/address/link.ts';
import { networkOf } from '#shared/address/network.ts';
import { historyOf, listOf, matrixOf, whatIfOf } from '#shared/address/view.ts';
import type { Address, View } from '#shared/address/view.ts';
import { textsIn } from '#shared/domain/json.ts';
import { currentAddress } from './address.ts';
import { setSeatItem, useSeat } from './seat.ts';
import { useTabs } from './tabs/store.ts';

/** Maximum number of stored places, more than are shown. */
const maxStored = 12;

/** Milliseconds at a place before it counts as visited. */
const visitMs = 1200;

const keyOf = (workspace: string): string => `recent:${workspace}`;

/** The address of a place as text, without search, filters and colours. */
export function placeText(place: Address): string {
  return printAddress({ ...place, view: withoutSettings(viewForLink(place.view)) });
}

/** The stored list with a place as its first entry. */
export function withPlace(texts: readonly string[], place: Address): string[] {
  const text = placeText(place);
  return [text, ...texts.filter((other) => other !== text)].slice(0, maxStored);
}

/** The view without its adjustable parts. A saved view, and a list with an open panel, stay as they are. */
function withoutSettings(view: View): View {
  if (view.kind === 'list') return view.panel || view.saved !== '' ? view : listOf(view.type);
  if (view.kind === 'network')
    return networkOf(view.focus === '' ? {} : { focus: view.focus, depth: view.depth });
  if (view.kind === 'matrix') return matrixOf();
  if (view.kind === 'whatif') return whatIfOf();
  if (view.kind === 'molecule') return { ...view, panel: null };
  return view.kind === 'history' ? historyOf() : view;
}

/** Records the places at which the window stays for a while. Returns a function that stops recording. */
export function recordPlaces(workspace: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const recordPlace = (): void => {
    const key = keyOf(workspace);
    const storedTexts = textsIn(useSeat.getState().items[key]);
    const newTexts = withPlace(storedTexts, currentAddress());
    if (newTexts.join('\n') !== storedTexts.join('\n')) setSeatItem(key, newTexts);
  };
  const schedule = (): void => {
    clearTimeout(timer);
    timer = setTimeout(recordPlace, visitMs);
  };
  schedule();
  const unsubscribe = useTabs.subscribe(schedule);
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

export function useRecentPlaces(workspace: string | undefined): readonly Address[] {
  const stored = useSeat((seat) => (workspace === undefined ? undefined : seat.items[keyOf(workspace)]));
  return textsIn(stored).flatMap((text) => parseAddress(text) ?? []);
}
