import type { Carried, Comparison, Difference } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { decisionsOf, keyOf } from './choices.ts';
import type { Choices } from './choices.ts';
import { mayHaveEnds, withEnds } from './ends.ts';
import { readCarried } from './kept-choices.ts';
import { spareRest, tickedAnyway } from './spared.ts';

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

/** Whether nothing is carried over, and nothing of it is left to decide or stands in the way. */
const isNothing = ({ records, undecided, problems, left }: Carried): boolean =>
  records.length + undecided.length + problems.length + left === 0;

/** What is chosen where what nobody decided goes alike: what would only go with what live keeps stays out, unless it goes with something else. */
export async function chosenAlike(carrying: Omit<Carrying, 'dry' | 'tell'>): Promise<Choices> {
  const { direction, comparison, choices, conflicts, signal } = carrying;
  if (direction !== 'promote') return choices;
  const keepsRest = conflicts === 'live' && comparison.counts.conflict > 0;
  if (!keepsRest && !mayHaveEnds(choices)) return choices;
  const rows = await readCarried(comparison.sandbox.id, signal);
  return withEnds(keepsRest ? spareRest(choices, rows) : choices, rows, conflicts);
}

/** What is decided where changes are promoted: of what comes only by name its tick says it. `rows` are all that can be carried over. */
function decisionsInLive(choices: Choices, rows: readonly Difference[]): ReturnType<typeof decisionsOf> {
  const byName = new Set(rows.filter((row) => row.by_name).map((row) => keyOf(row)));
  const others = decisionsOf(choices).filter(({ type, id }) => !byName.has(keyOf({ type, id })));
  const ticked = [...choices.named.values()].map((one) => ({ ...one, field: null, take: 'play' as const }));
  return [...others, ...ticked, ...tickedAnyway(choices, rows)];
}

/** Carries changes over, or says what that would do. Null where everything was left out. */
export async function carry(carrying: Carrying): Promise<Carried | null> {
  const { direction, comparison, choices, conflicts, dry, tell, signal } = carrying;
  const { sandbox, live, play } = comparison;
  const decisions = decisionsOf(choices);
  const shared = { id: sandbox.id, decisions, conflicts, seen: { live, play }, dry };
  if (direction === 'refresh') return follow(api.sandboxes.refresh(shared, { signal }), tell, signal);
  if (choices.left.size + choices.named.size + decisions.length > 0)
    shared.decisions = decisionsInLive(choices, await readCarried(sandbox.id, signal));
  const except = [...choices.left.values()].map(({ type, id: left }) => ({ type, id: left }));
  const done = await follow(api.sandboxes.promote({ ...shared, except }, { signal }), tell, signal);
  return except.length > 0 && isNothing(done) ? null : done;
}
