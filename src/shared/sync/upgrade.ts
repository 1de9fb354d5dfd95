import type { JsonObject } from '../domain/json.ts';
import { operationSchema } from './operation.ts';
import type { SyncRow } from './operation.ts';

/** The parts of an operation that depend on its schema version. */
export interface Upgradable {
  schema: number;
  label: string;
  params: JsonObject;
  rows: SyncRow[];
}

export type UpgradeStep = (operation: Omit<Upgradable, 'schema'>) => Omit<Upgradable, 'schema'>;

/**
 * Steps by the schema version they start from. None is ever removed: a client can return after years. To add one: raise `operationSchema`,
 * keep the former types and values in the contract, and record a stream of the new version (test/server/fixtures). Also empty
 * `operation_parts` in a migration: parts are stored as upgraded on arrival, and their client sends them again.
 */
const steps: Readonly<Record<number, UpgradeStep>> = {
  // Versions 2 to 4 only add record types.
  1: (operation) => operation,
  2: (operation) => operation,
  3: (operation) => operation,
};

/** Upgrades an operation of any released version. Throws if a step is missing, which is a bug. */
export function upgradeOperation<O extends Upgradable>(
  operation: O,
  knownSteps: Readonly<Record<number, UpgradeStep>> = steps,
  targetVersion: number = operationSchema,
): O {
  let upgraded = operation;
  for (let version = operation.schema; version < targetVersion; version++) {
    const step = knownSteps[version];
    if (!step) throw new Error(`operations of form ${version} cannot be upgraded`);
    const { label, params, rows } = upgraded;
    upgraded = { ...upgraded, ...step({ label, params, rows }), schema: version + 1 };
  }
  return upgraded;
}
