import type { JsonObject } from '../domain/json.ts';
import { operationSchema } from './operation.ts';
import type { SyncRow } from './operation.ts';

/** What of an operation depends on its form. */
export interface Upgradable {
  schema: number;
  label: string;
  params: JsonObject;
  rows: SyncRow[];
}

/** Makes what one version wrote into what the next one writes. */
export type UpgradeStep = (operation: Omit<Upgradable, 'schema'>) => Omit<Upgradable, 'schema'>;

/**
 * By the form that each begins with; none is ever removed: a client may come after years. Whoever adds one raises `operationSchema`, lets the contract go
 * on taking the former types and values, records a stream of the new version (test/server/fixtures), and empties `operation_parts` in a migration: parts
 * are kept as they were upgraded when they came, and their client sends them again.
 */
const steps: Readonly<Record<number, UpgradeStep>> = {
  // Form 2 has more types of records.
  1: (operation) => operation,
};

/** An operation of any shipped version in the form of this one. Throws where a step is missing, which is an error of the program. */
export function upgradeOperation<O extends Upgradable>(
  operation: O,
  known: Readonly<Record<number, UpgradeStep>> = steps,
  to: number = operationSchema,
): O {
  let upgraded = operation;
  for (let from = operation.schema; from < to; from++) {
    const step = known[from];
    if (!step) throw new Error(`operations of form ${from} cannot be upgraded`);
    const { label, params, rows } = upgraded;
    upgraded = { ...upgraded, ...step({ label, params, rows }), schema: from + 1 };
  }
  return upgraded;
}
