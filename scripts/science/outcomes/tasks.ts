import { observeForecasts } from './forecasts/observe-forecasts.ts';
import type { ForecastOutcome } from './forecasts/observe-forecasts.ts';
import { observeHistory } from './observe-history.ts';
import type { NamedHistory } from './observe-history.ts';
import { observeWorld } from './observe-world.ts';
import type { Observation } from './observations.ts';
import type { WorldKind } from './world/organisation.ts';

/** What one thread measures at a time. Workspaces are made in `folder`. */
export type Task =
  | { do: 'world'; kind: WorldKind; seed: number; folder: string }
  | { do: 'history'; history: NamedHistory; maxHalfYears: number; folder: string }
  | { do: 'forecasts'; kind: string; seed: number; folder: string };

export interface Measured {
  observations: Observation[];
  forecasts: ForecastOutcome[];
}

export type TaskResult = Measured | { error: string };

export function taskName(task: Task): string {
  if (task.do === 'history') return `history of ${task.history.name}`;
  return task.do === 'world'
    ? `world of ${task.kind}, seed ${task.seed}`
    : `forecasts in a world of ${task.kind}, seed ${task.seed}`;
}

export async function runTask(task: Task): Promise<Measured> {
  if (task.do === 'forecasts')
    return { observations: [], forecasts: await observeForecasts(task.kind, task.seed, task.folder) };
  const observations =
    task.do === 'world'
      ? await observeWorld(task.kind, task.seed, task.folder)
      : await observeHistory(task.history, task);
  return { observations, forecasts: [] };
}
