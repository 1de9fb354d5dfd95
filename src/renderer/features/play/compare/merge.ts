import type { MergeResult } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../../api/client.ts';
import { awaitResult } from '../../../api/stream.ts';
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
export function runMerge(
  { direction, comparison, choices, conflicts, dry }: MergeRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<MergeResult> {
  const decisions = decisionsOf(choices);
  const { from, to } = comparison;
  const seen = { live: from.head, play: to.head };
  const input = { id: to.id, decisions, conflicts, seen, dry };
  const excluded = [...choices.left.values()];
  const call =
    direction === 'refresh'
      ? api.sandboxes.refresh(input, { signal })
      : api.sandboxes.promote({ ...input, except: excluded }, { signal });
  return awaitResult(call, onProgress, signal);
}
