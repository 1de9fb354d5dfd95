import type { View } from '#shared/address/view.ts';
import { windowStore } from '../../api/window-store.ts';
import { navigate, currentAddress } from '../../stores/address.ts';
import { setSeatItem } from '../../stores/seat.ts';

interface TourState {
  at: number | null;
  /** The view before the tour, and the one it opened last. */
  from: View | null;
  led: View | null;
}

export const useTour = windowStore<TourState>(() => ({ at: null, from: null, led: null }));

/** The seat's flag that the tour was taken or ended, so that it is not offered again. */
export const tourKey = 'tour.known';

export function startTour(): void {
  useTour.setState({ at: 0, from: currentAddress().view, led: null });
}

export function showStep(at: number): void {
  useTour.setState({ at });
}

export function leadTo(view: View): void {
  useTour.setState({ led: view });
  navigate(view);
}

const isAt = (view: View, other: View): boolean =>
  view.kind === 'list' && other.kind === 'list' ? view.type === other.type : view.kind === other.kind;

/** Ends the tour and returns to the view before it, unless the person went elsewhere. */
export function endTour(): void {
  const { from, led } = useTour.getState();
  setSeatItem(tourKey, true);
  useTour.setState({ at: null, from: null, led: null });
  if (from && led && isAt(currentAddress().view, led)) navigate(from, { own: true });
}
