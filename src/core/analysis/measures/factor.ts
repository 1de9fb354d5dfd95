import type { FactorMeasures, RiskBand } from '#shared/contract/factors.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';

import { tableOf } from '#shared/domain/types.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

/** The band of a total: below .15 low, below .35 moderate, below .60 high, else critical. */
export function riskBandOf(total: number): RiskBand {
  if (total < 0.15) return 'low';
  if (total < 0.35) return 'moderate';
  return total < 0.6 ? 'high' : 'critical';
}

type BandOf = (total: number) => RiskBand;
export type BandScale = FactorMeasures['band_scale'];

/** A tenth of fewer links would be one link. */
const minRankedLinks = 20;

export function countBands(totals: readonly number[], bandOf: BandOf): Record<RiskBand, number> {
  const bands = { low: 0, moderate: 0, high: 0, critical: 0 };
  for (const total of totals) bands[bandOf(total)] += 1;
  return bands;
}

/** The band of a total by the share of totals above it; equal totals share a band. */
function rankBandsOf(totals: readonly number[]): BandOf {
  const descending = totals.toSorted((a, b) => b - a);
  const bands = new Map<number, RiskBand>();
  for (const [index, total] of descending.entries()) {
    if (bands.has(total)) continue;
    const shareAbove = index / descending.length;
    if (shareAbove < 0.1) bands.set(total, 'critical');
    else if (shareAbove < 0.3) bands.set(total, 'high');
    else bands.set(total, shareAbove < 0.6 ? 'moderate' : 'low');
  }
  return (total) => bands.get(total) ?? 'low';
}

/** The scale for the links rated by one or two models, and the bands of each; see `band_scale`. Many low links leave the scale fixed. */
export function chooseBands(totalsOfModels: readonly (readonly number[])[]): {
  scale: BandScale;
  bandsOf: readonly BandOf[];
} {
  const isCrowded = (totals: readonly number[], bandOf: BandOf, ignored?: RiskBand): boolean =>
    Object.entries(countBands(totals, bandOf)).some(
      ([band, count]) => band !== ignored && count > totals.length / 2,
    );
  const fixed = totalsOfModels.map(() => riskBandOf);
  const needsRanks = totalsOfModels.some(
    (totals) => totals.length >= minRankedLinks && isCrowded(totals, riskBandOf, 'low'),
  );
  if (!needsRanks) return { scale: 'fixed', bandsOf: fixed };
  const ranked = totalsOfModels.map(rankBandsOf);
  const isTied = ranked.some((bandOf, model) => isCrowded(totalsOfModels[model] ?? [], bandOf));
  return isTied ? { scale: 'tied', bandsOf: fixed } : { scale: 'rank', bandsOf: ranked };
}

/** The factor values that correspond to a bond of the legacy model (the original's own mapping). */
export const factorValuesByBond: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
export type FactorWeights = ReadonlyMap<string, { weight: number; values: ReadonlyMap<string, number> }>;

const objectsIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

export const contributionsOf = (factor: JsonObject): ReadonlyMap<string, number> =>
  new Map(
    objectsIn(factor['values']).flatMap(({ value, contribution }) =>
      typeof value === 'string' && typeof contribution === 'number' ? [[value, contribution] as const] : [],
    ),
  );

export function weightsOf(model: JsonObject, factors: readonly JsonObject[]): FactorWeights {
  const weights = new Map<string, { weight: number; values: ReadonlyMap<string, number> }>();
  for (const { factor: name, weight, enabled } of objectsIn(model['factors'])) {
    const definition = factors.find((record) => record['factor_name'] === name && record['active'] !== false);
    if (typeof name !== 'string' || enabled === false || !definition) continue;
    weights.set(name, {
      weight: typeof weight === 'number' ? weight : 1,
      values: contributionsOf(definition),
    });
  }
  return weights;
}

export interface Rating {
  total: number | null;
  parts: FactorMeasures['interfaces'][number]['parts'];
}

/** Removes binary rounding from sums of tenths, which would put .35 below its band. */
const removeRounding = (sum: number): number => Math.round(sum * 1e9) / 1e9;

/** The sum of the contributions of an interface's values, at most 1; null without values. Values unknown to their factor contribute 0. */
export function rateByFactors(values: Readonly<Record<string, Json>>, weights: FactorWeights): Rating {
  const textValues = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  if (textValues.length === 0) return { total: null, parts: [] };
  const parts = textValues.flatMap(([factor, value]) => {
    const factorWeight = weights.get(factor);
    const contribution = factorWeight?.values.get(value);
    if (!factorWeight || contribution === undefined) return [];
    return [
      {
        factor,
        value,
        weight: factorWeight.weight,
        contribution: removeRounding(contribution * factorWeight.weight),
      },
    ];
  });
  const sum = parts.reduce((total, { contribution }) => total + contribution, 0);
  return { total: Math.min(1, removeRounding(sum)), parts };
}

/** The factor values of an interface; null if it is not rated. */
export function factorValuesOf({ factor_values: values }: JsonObject): JsonObject | null {
  return isJsonObject(values) && Object.values(values).some((value) => typeof value === 'string')
    ? values
    : null;
}

export const readFactorRecords = (
  db: ReadHandle,
  type: 'risk-factor' | 'factor-model',
): { id: string; payload: JsonObject }[] =>
  db
    .all<{ id: string; payload: string }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE ${visibleCondition()} ORDER BY created_at, id`,
    )
    .map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as JsonObject }));
