import type { FactorMeasures } from '#shared/contract/analysis.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import { tableOf } from '#shared/domain/types.ts';
import { visible } from '../kernel/db/schema.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readTitle } from '../model/titles.ts';

type Band = FactorMeasures['interfaces'][number]['band'];

/** The band of a total: below .15 low, below .35 moderate, below .60 high, else critical. */
export function bandOf(total: number): Band {
  if (total < 0.15) return 'low';
  if (total < 0.35) return 'moderate';
  return total < 0.6 ? 'high' : 'critical';
}

/** The factor values that a bond of the legacy model stands for (the original's own mapping). */
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

/** What each value of a factor contributes, 0 to 1, times the weight of the factor in the model. */
export type Weights = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The weights of a model: of the factors that it has enabled and that are in use. */
export function weightsOf(model: JsonObject, factors: readonly JsonObject[]): Weights {
  const listed = (value: Json | undefined): JsonObject[] =>
    Array.isArray(value) ? value.filter(isJsonObject) : [];
  const weights = new Map<string, Map<string, number>>();
  for (const { factor: name, weight, enabled } of listed(model['factors'])) {
    const known = factors.find((one) => one['factor_name'] === name && one['active'] !== false);
    if (typeof name !== 'string' || enabled === false || !known) continue;
    const times = typeof weight === 'number' ? weight : 1;
    const values = listed(known['values']).flatMap(({ value, contribution }) =>
      typeof value === 'string' && typeof contribution === 'number'
        ? [[value, contribution * times] as const]
        : [],
    );
    weights.set(name, new Map(values));
  }
  return weights;
}

export interface Rated {
  /** Null where nothing of it is rated. */
  total: number | null;
  parts: { factor: string; value: string; contribution: number }[];
}

/** The sum of what the values of an interface contribute, at most 1. A value that its factor does not have contributes nothing. */
export function rate(values: Readonly<Record<string, Json>>, weights: Weights): Rated {
  const given = Object.entries(values).filter((one): one is [string, string] => typeof one[1] === 'string');
  if (given.length === 0) return { total: null, parts: [] };
  const parts = given.flatMap(([factor, value]) => {
    const contribution = weights.get(factor)?.get(value);
    return contribution === undefined ? [] : [{ factor, value, contribution }];
  });
  return {
    total: Math.min(
      1,
      parts.reduce((sum, { contribution }) => sum + contribution, 0),
    ),
    parts,
  };
}

const payloads = (
  db: ReadHandle,
  type: 'risk-factor' | 'factor-model',
): { id: string; payload: JsonObject }[] =>
  db
    .all<{ id: string; payload: string }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE ${visible()} ORDER BY created_at, id`,
    )
    .map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as JsonObject }));

const links = `SELECT rowid AS row, id, payload FROM interfaces WHERE ${visible()} AND rowid > ? ORDER BY rowid LIMIT 1000`;

/**
 * Rates every interface by a factor model: the one named, else the active one, else the baseline. `from_bonds` rates those without factor values by
 * their bonds, as taking these over would. Yields how many are done.
 */
export function* measureFactors(
  db: ReadHandle,
  {
    model: wanted,
    from_bonds: fromBonds,
    limit,
  }: { model?: string | undefined; from_bonds: boolean; limit: number },
): Generator<number, FactorMeasures, void> {
  const models = payloads(db, 'factor-model');
  const chosen =
    models.find(({ id, payload }) => wanted !== undefined && (id === wanted || payload['name'] === wanted)) ??
    (wanted === undefined
      ? (models.find(({ payload }) => payload['is_active'] === true) ??
        models.find(({ payload }) => payload['is_baseline'] === true))
      : undefined);
  const bands: Record<Band, number> = { low: 0, moderate: 0, high: 0, critical: 0 };
  if (!chosen) {
    const unrated = Number(db.column<number>(`SELECT count(*) FROM interfaces WHERE ${visible()}`)[0]);
    return { model: null, interfaces: [], bands, rated: 0, unrated, mean: null };
  }
  const factors = payloads(db, 'risk-factor').map(({ payload }) => payload);
  const weights = weightsOf(chosen.payload, factors);
  const rated: (FactorMeasures['interfaces'][number] & { payload: JsonObject })[] = [];
  let [unrated, sum, done] = [0, 0, 0];
  for (let after = -1; ;) {
    const rows = db.all<{ row: number; id: string; payload: string }>(links, [after]);
    for (const { id, payload: text } of rows) {
      const payload = JSON.parse(text) as JsonObject;
      const own = payload['factor_values'];
      const bond = payload['bond_type'];
      const values = isJsonObject(own) && Object.keys(own).length > 0 ? own : undefined;
      const fallback = fromBonds && typeof bond === 'string' ? valuesOfBond[bond] : undefined;
      const { total, parts } = rate(values ?? fallback ?? {}, weights);
      if (total === null) unrated += 1;
      else {
        const band = bandOf(total);
        bands[band] += 1;
        sum += total;
        rated.push({ id, title: '', total, band, parts, payload });
      }
    }
    yield (done += rows.length);
    if (rows.length < 1000) break;
    after = rows.at(-1)?.row ?? after;
  }
  rated.sort((a, b) => b.total - a.total || (a.id < b.id ? -1 : 1));
  return {
    model: { id: chosen.id, name: titleOf('factor-model', chosen.payload) },
    interfaces: rated
      .slice(0, limit)
      .map(({ payload, ...one }) => ({ ...one, title: readTitle(db, 'interface', payload) })),
    bands,
    rated: rated.length,
    unrated,
    mean: rated.length > 0 ? sum / rated.length : null,
  };
}
