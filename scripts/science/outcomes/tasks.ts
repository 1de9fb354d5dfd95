import { observeForecasts } from './forecasts/observe-forecasts.ts';
import type { ForecastOutcome } from './forecasts/observe-forecasts.ts';
import { observeHistory } from './observe-history.ts';
import type { NamedHistory } from './observe-history.ts';
import { observeProposals } from './observe-proposals.ts';
import type { ProposalCounts } from './observe-proposals.ts';
import { observePromises } from './observe-promises.ts';
import type { Promises } from './observe-promises.ts';
import { observeRepairs } from './observe-repairs.ts';
import type { RepairOutcome } from './observe-repairs.ts';
import { observeWorld } from './observe-world.ts';
import type { Observation } from './observations.ts';
import type { WorldKind } from './world/organisation.ts';

/** What one thread measures at a time. Workspaces are made in `folder`. */
export type Task =
  | { do: 'world' | 'proposals' | 'promises' | 'repairs'; kind: WorldKind; seed: number; folder: string }
  | { do: 'history'; history: NamedHistory; maxHalfYears: number; folder: string }
  | { do: 'forecasts'; kind: string; seed: number; folder: string };

/** What tasks found. */
export interface Findings {
  observations: Observation[];
  proposals: ProposalCounts[];
  promises: Promises[];
  repairs: RepairOutcome[];
  forecasts: ForecastOutcome[];
}

export type TaskResult = Partial<Findings> | { error: string };

export function taskName(task: Task): string {
  if (task.do === 'history') return `history of ${task.history.name}`;
  const world = `world of ${task.kind}, seed ${task.seed}`;
  return task.do === 'world' ? world : `${task.do} of ${world}`;
}

export async function runTask(task: Task): Promise<Partial<Findings>> {
  switch (task.do) {
    case 'history':
      return { observations: await observeHistory(task.history, task) };
    case 'world':
      return { observations: await observeWorld(task.kind, task.seed, task.folder) };
    case 'proposals':
      return { proposals: await observeProposals(task.kind, task.seed, task.folder) };
    case 'promises':
      return { promises: await observePromises(task.kind, task.seed, task.folder) };
    case 'repairs':
      return { repairs: await observeRepairs(task.kind, task.seed, task.folder) };
    case 'forecasts':
      return { forecasts: await observeForecasts(task.kind, task.seed, task.folder) };
    default:
      throw new Error(`Unknown task: ${JSON.stringify(task satisfies never)}`);
  }
}
