import type { Merged } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { decisionsOf } from './choices.ts';
import type { Choices } from './choices.ts';

/** Into live, or from live into the open sandbox. */
export type Direction = 'promote' | 'refresh';

interface Merge {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  /** The default for undecided differences. */
  conflicts: 'ask' | 'play' | 'live';
  dry: boolean;
}

/** Promotes or refreshes, or previews it. */
export function runMerge(
  { direction, comparison, choices, conflicts, dry }: Merge,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Merged> {
  const decisions = decisionsOf(choices);
  const { from, to } = comparison;
  const seen = { live: from.head, play: to.head };
  const shared = { id: to.id, decisions, conflicts, seen, dry };
  const except = [...choices.left.values()];
  const call =
    direction === 'refresh'
      ? api.sandboxes.refresh(shared, { signal })
      : api.sandboxes.promote({ ...shared, except }, { signal });
  return follow(call, onProgress, signal);
}
