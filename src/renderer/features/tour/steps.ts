import { networkOf } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';

export interface TourStep {
  id: 'rail' | 'list' | 'panel' | 'network' | 'undo' | 'palette';
  /** Where it happens; without one wherever the person is. */
  view?: View;
  /** What is pointed at, as a selector. As long as it is not there the card stands in the middle. */
  target: string;
  /** The first record of the list is opened before. */
  opensFirst?: boolean;
}

/** The steps in their order. */
export const steps: readonly TourStep[] = [
  { id: 'rail', view: { kind: 'home' }, target: '.rail' },
  { id: 'list', view: listOf('team'), target: '[role="grid"]' },
  { id: 'panel', view: listOf('team'), target: '[data-record-panel]', opensFirst: true },
  { id: 'network', view: networkOf(), target: '.network' },
  { id: 'undo', target: '[data-command="edit.undo"]' },
  { id: 'palette', target: '.search-box' },
];
