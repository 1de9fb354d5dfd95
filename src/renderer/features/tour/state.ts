import { create } from 'zustand';
import { keep } from '../../stores/seat.ts';

interface TourState {
  /** Which step is shown; null while nobody is shown around. */
  at: number | null;
}

export const useTour = create<TourState>()(() => ({ at: null }));

/** Kept for the seat when the tour was taken or left: it is not offered again. */
export const tourKey = 'tour.known';

export function startTour(): void {
  useTour.setState({ at: 0 });
}

export function showStep(at: number): void {
  useTour.setState({ at });
}

/** Ends the tour, at its end or before. */
export function endTour(): void {
  keep(tourKey, true);
  useTour.setState({ at: null });
}
