import type { FactorMeasures, RiskBand } from '#shared/contract/factors.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';

import { tableOf } from '#shared/domain/types.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

/** The band of a total: below .15 low, below .35 moderate, below .60 high, else critical. */
export function bandOf(total: number): RiskBand {
  if (total < 0.15) return 'low';
  if (total < 0.35) return 'moderate';
  return total < 0.6 ? 'high' : 'critical';
}

/** The factor values that correspond to a bond of the legacy model (the original's own mapping). */
export const valuesOfBond: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'codified-strong': { knowledge_type: 'codified', bond_strength: 'strong' },
  'codified-moderate': { knowledge_type: 'codified', bond_strength: 'moderate' },
  'institutional-weak': { knowledge_type: 'institutional', bond_strength: 'weak' },
  'fragile-temporary': {
    knowledge_type: 'institutional',
    bond_strength: 'weak',
    temporal_alignment: 'misaligned',
  },
};

/** The weight of each factor in a model, and the contribution of each of its values, 0 to 1. */
export type Weights = ReadonlyMap<string, { weight: number; values: ReadonlyMap<string, number> }>;

const listed = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

export const valuesOf = (factor: JsonObject): ReadonlyMap<string, number> =>
  new Map(
    listed(factor['values']).flatMap(({ value, contribution }) =>
      typeof value === 'string' && typeof contribution === 'number' ? [[value, contribution] as const] : [],
    ),
  );

export function weightsOf(model: JsonObject, factors: readonly JsonObject[]): Weights {
  const weights = new Map<string, { weight: number; values: ReadonlyMap<string, number> }>();
  for (const { factor: name, weight, enabled } of listed(model['factors'])) {
    const known = factors.find((one) => one['factor_name'] === name && one['active'] !== false);
    if (typeof name !== 'string' || enabled === false || !known) continue;
    weights.set(name, { weight: typeof weight === 'number' ? weight : 1, values: valuesOf(known) });
  }
  return weights;
}

export interface Rated {
  total: number | null;
  parts: FactorMeasures['interfaces'][number]['parts'];
}

/** Removes binary rounding from sums of tenths, which would put .35 below its band. */
const exact = (sum: number): number => Math.round(sum * 1e9) / 1e9;

/** The sum of the contributions of an interface's values, at most 1. Values unknown to their factor contribute 0. */
export function rateByFactors(values: Readonly<Record<string, Json>>, weights: Weights): Rated {
  const given = Object.entries(values).filter((one): one is [string, string] => typeof one[1] === 'string');
  if (given.length === 0) return { total: null, parts: [] };
  const parts = given.flatMap(([factor, value]) => {
    const known = weights.get(factor);
    const contribution = known?.values.get(value);
    if (!known || contribution === undefined) return [];
    return [{ factor, value, weight: known.weight, contribution: exact(contribution * known.weight) }];
  });
  const sum = parts.reduce((total, { contribution }) => total + contribution, 0);
  return { total: Math.min(1, exact(sum)), parts };
}

/** The factor values of an interface; null if it is not rated. */
export function heldValues({ factor_values: held }: JsonObject): JsonObject | null {
  return isJsonObject(held) && Object.values(held).some((value) => typeof value === 'string') ? held : null;
}

export const factorRecords = (
  db: ReadHandle,
  type: 'risk-factor' | 'factor-model',
): { id: string; payload: JsonObject }[] =>
  db
    .all<{ id: string; payload: string }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE ${visibleCondition()} ORDER BY created_at, id`,
    )
    .map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as JsonObject }));
