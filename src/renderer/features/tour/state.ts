import type { View } from '#shared/address/view.ts';
import { windowStore } from '../../api/window-store.ts';
import { navigate, currentAddress } from '../../stores/address.ts';
import { setSeatItem } from '../../stores/seat.ts';

interface TourState {
  stepIndex: number | null;
  viewBefore: View | null;
  openedView: View | null;
}

export const useTour = windowStore<TourState>(() => ({
  stepIndex: null,
  viewBefore: null,
  openedView: null,
}));

/** The seat's flag that the tour was taken or ended, so that it is not offered again. */
export const tourKey = 'tour.known';

export function startTour(): void {
  useTour.setState({ stepIndex: 0, viewBefore: currentAddress().view, openedView: null });
}

export function showStep(index: number): void {
  useTour.setState({ stepIndex: index });
}

export function openTourView(view: View): void {
  useTour.setState({ openedView: view });
  navigate(view);
}

const isSamePage = (view: View, other: View): boolean =>
  view.kind === 'list' && other.kind === 'list' ? view.type === other.type : view.kind === other.kind;

/** Ends the tour, and returns to the view before it if the view that the tour opened is still shown. */
export function endTour(): void {
  const { viewBefore, openedView } = useTour.getState();
  setSeatItem(tourKey, true);
  useTour.setState({ stepIndex: null, viewBefore: null, openedView: null });
  if (viewBefore && openedView && isSamePage(currentAddress().view, openedView))
    navigate(viewBefore, { isDestination: true });
}
