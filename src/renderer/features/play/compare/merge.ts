import type { MergeResult } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { api } from '../../../api/client.ts';
import type { ResultStream } from '../../../api/stream.ts';
import { decisionsOf } from './choices.ts';
import type { Choices } from './choices.ts';

/** `promote` merges into live, `refresh` from live into the open sandbox. */
export type Direction = 'promote' | 'refresh';

interface MergeRequest {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  /** How undecided conflicts are resolved. */
  conflicts: 'ask' | 'play' | 'live';
  dry: boolean;
}

/** Promotes or refreshes; with `dry` only previews. */
export function startMerge(
  { direction, comparison, choices, conflicts, dry }: MergeRequest,
  options: { signal: AbortSignal },
): ResultStream<MergeResult> {
  const decisions = decisionsOf(choices);
  const { from, to } = comparison;
  const seen = { live: from.head, play: to.head };
  const input = { id: to.id, decisions, conflicts, seen, dry };
  const excluded = [...choices.left.values()];
  return direction === 'refresh'
    ? api.sandboxes.refresh(input, options)
    : api.sandboxes.promote({ ...input, except: excluded }, options);
}
