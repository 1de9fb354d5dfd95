import { create } from 'zustand';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../api/client.ts';
import { follow, goesAlong } from './alongside.ts';
import type { Direction } from './alongside.ts';
import { keys, queries } from './queries.ts';
import { skip } from './skipped.ts';

/** One change as undo and redo name it. */
export type Step = NonNullable<Awaited<ReturnType<typeof api.history.state>>['undo']>;
type Next = Record<Direction, Step | null>;

/** The changes of the workspace, by op_id, that stand or can be redone at a moment. */
type Around = Record<Direction, ReadonlySet<string>>;

/** A change of what only this seat keeps, and the workspace's own ones when it was made or undone. */
interface OwnStep {
  step: Step;
  /** Id of the profile that made it. */
  by: string;
  around: Promise<Around>;
}

const prefix = 'own:';
/** As many of the workspace's changes are read as the list of steps may have. */
const most = 200;

/** Such changes that stand, and those that were undone, each the latest last. */
export const useOwnSteps = create<Readonly<Record<Direction, readonly OwnStep[]>>>()(() => ({
  undo: [],
  redo: [],
}));

const actorNow = (): string => queries.getQueryData<{ actor: Profile }>(keys.info)?.actor.id ?? '';

async function readAround(): Promise<Around> {
  try {
    const [all, next] = await Promise.all([
      api.history.steps({ limit: most, skip: skip() }),
      // Beyond as many of others there may be an older one of one's own.
      api.history.state({ skip: skip() }),
    ]);
    const ids = (direction: Direction): ReadonlySet<string> =>
      new Set([...all[direction], next[direction]].flatMap((one) => one?.op_id ?? []));
    return { undo: ids('undo'), redo: ids('redo') };
  } catch {
    // Then it comes after all changes of the workspace.
    return { undo: new Set(), redo: new Set() };
  }
}

const asked = (): void => void queries.invalidateQueries({ queryKey: keys.undo });

/** Whether a change is one of what only this seat keeps. */
export function isOwnStep(opId: string): boolean {
  return opId.startsWith(prefix);
}

/**
 * Notes a change of what only this seat keeps, so that undo and redo take it in its turn among those of the workspace, as long as the
 * window is open. `turn` takes it back and makes it again. Gives its op_id.
 */
export function addOwnStep(label: string, params: JsonObject, turn: (direction: Direction) => void): string {
  const op_id = `${prefix}${crypto.randomUUID()}`;
  const step = { op_id, label, params, created_at: new Date().toISOString() };
  const by = actorNow();
  const around = readAround();
  goesAlong(op_id, turn);
  useOwnSteps.setState(({ undo, redo }) => ({
    undo: [...undo, { step, by, around }],
    // As with the workspace's: what was undone before can no longer be redone.
    redo: redo.filter((one) => one.by !== by),
  }));
  asked();
  return op_id;
}

/** A change of the workspace was made again: own ones that stand come before it from now on, whatever stood when they were made. */
export function madeAgain(opId: string): void {
  const without = ({ undo, redo }: Around): Around => ({
    undo: new Set([...undo].filter((one) => one !== opId)),
    redo,
  });
  useOwnSteps.setState(({ undo }) => ({
    undo: undo.map((one) => ({ ...one, around: one.around.then(without) })),
  }));
  asked();
}

/** The own change that comes before the workspace's next ones: nothing of the workspace was done, undone or redone since. */
async function ownNext(direction: Direction, { undo, redo }: Next): Promise<Step | null> {
  const last = useOwnSteps.getState()[direction].findLast(({ by }) => by === actorNow());
  if (!last) return null;
  const around = await last.around;
  const known = undo === null || around.undo.has(undo.op_id);
  const sameRedo = redo === null || around.redo.has(redo.op_id);
  return known && (direction === 'undo' || sameRedo) ? last.step : null;
}

/** What undo and redo would do next for the one who acts, be it of the workspace or of this seat. */
export async function readNext(signal?: AbortSignal): Promise<Next> {
  const state = await api.history.state({ skip: skip() }, signal ? { signal } : {});
  const [undo, redo] = await Promise.all([ownNext('undo', state), ownNext('redo', state)]);
  return { undo: undo ?? state.undo, redo: redo ?? state.redo };
}

/** What is asked to know what comes next; live.ts has it read again. */
export const nextQuery = {
  queryKey: keys.undo,
  queryFn: ({ signal }: { signal: AbortSignal }) => readNext(signal),
};

/** Undoes or redoes an own change. */
export async function turnOwn(direction: Direction, opId: string) {
  const steps = useOwnSteps.getState();
  const turned = steps[direction].find(({ step }) => step.op_id === opId);
  if (turned) {
    const back = direction === 'undo' ? 'redo' : 'undo';
    useOwnSteps.setState({
      [direction]: steps[direction].filter((one) => one !== turned),
      [back]: [...steps[back], { ...turned, around: readAround() }],
    });
    await follow(direction, opId);
    asked();
  }
  const { label = '', params = {} } = turned?.step ?? {};
  return { op_id: opId, label, params, changes: 1, left: [] };
}
