import { create } from 'zustand';
import type { View } from '#shared/address/view.ts';
import { go, here } from '../../stores/address.ts';
import { keep } from '../../stores/seat.ts';

interface TourState {
  /** Which step is shown; null while nobody is shown around. */
  at: number | null;
  /** Where one was before, and where the tour has gone. */
  from: View | null;
  led: View | null;
}

export const useTour = create<TourState>()(() => ({ at: null, from: null, led: null }));

/** Kept for the seat when the tour was taken or left: it is not offered again. */
export const tourKey = 'tour.known';

export function startTour(): void {
  useTour.setState({ at: 0, from: here().view, led: null });
}

export function showStep(at: number): void {
  useTour.setState({ at });
}

/** Goes where a step happens. */
export function leadTo(view: View): void {
  useTour.setState({ led: view });
  go(view);
}

const isAt = (view: View, other: View): boolean =>
  view.kind === 'list' && other.kind === 'list' ? view.type === other.type : view.kind === other.kind;

/** Ends the tour, at its end or before, and leads back to where one was, unless one has gone elsewhere oneself. */
export function endTour(): void {
  const { from, led } = useTour.getState();
  keep(tourKey, true);
  useTour.setState({ at: null, from: null, led: null });
  if (from && led && isAt(here().view, led)) go(from, { own: true });
}
