import type { Carried, Comparison } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { carrying } from './choices.ts';
import type { Choices } from './choices.ts';
import { readAll } from './useComparison.ts';

/** Into live, or from there into the sandbox that is open. */
export type Direction = 'promote' | 'refresh';

interface Carrying {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  /** What counts where nothing was decided. */
  conflicts: 'ask' | 'play' | 'live';
  /** Only says what would be done. */
  dry: boolean;
  tell: (progress: Progress) => void;
  signal: AbortSignal;
}

/** The records that are carried over, by id; null for all of them. */
async function onlyOf({ comparison, choices, signal }: Carrying): Promise<{ id: string }[] | null> {
  if (choices.left.size === 0) return null;
  const rows = await readAll(comparison.sandbox.id, { classes: [...carrying], text: '' }, signal);
  return rows.filter(({ id }) => !choices.left.has(id)).map(({ id }) => ({ id }));
}

/** Carries changes over, or says what that would do. Null where everything was left out. */
export async function carry(carrying_: Carrying): Promise<Carried | null> {
  const { direction, comparison, choices, conflicts, dry, tell, signal } = carrying_;
  const { sandbox, live, play } = comparison;
  const decisions = [...choices.decided.values()].filter(({ id }) => !choices.left.has(id));
  const shared = { id: sandbox.id, decisions, conflicts, seen: { live, play }, dry };
  if (direction === 'refresh') return follow(api.sandboxes.refresh(shared, { signal }), tell, signal);
  const only = await onlyOf(carrying_);
  if (only?.length === 0) return null;
  return follow(api.sandboxes.promote({ ...shared, only }, { signal }), tell, signal);
}
