import { gridOf } from '#renderer/features/records/grid/state.ts';

/** The grid as in a window that has just come: a list that one comes back to would be as it was left, in another test too. */
export function freshGrid(): void {
  gridOf().setState(gridOf().getInitialState(), true);
}
