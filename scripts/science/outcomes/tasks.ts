import { observeHistory } from './observe-history.ts';
import type { NamedHistory } from './observe-history.ts';
import { observeWorld } from './observe-world.ts';
import type { Observation } from './observations.ts';
import type { WorldKind } from './world/organisation.ts';

/** What one thread measures at a time. Workspaces are made in `folder`. */
export type Task =
  | { do: 'world'; kind: WorldKind; seed: number; folder: string }
  | { do: 'history'; history: NamedHistory; maxHalfYears: number; folder: string };

export type TaskResult = { observations: Observation[] } | { error: string };

export const taskName = (task: Task): string =>
  task.do === 'world' ? `world of ${task.kind}, seed ${task.seed}` : `history of ${task.history.name}`;

export const runTask = (task: Task): Promise<Observation[]> =>
  task.do === 'world' ? observeWorld(task.kind, task.seed, task.folder) : observeHistory(task.history, task);
