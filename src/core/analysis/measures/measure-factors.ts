import type { InputOf } from '#shared/contract/base.ts';
import type { factor, FactorMeasures } from '#shared/contract/factors.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { Fault } from '#shared/contract/faults.ts';
import { titleOf } from '#shared/domain/title.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { readPages } from '../../model/read-pages.ts';
import { readTitle, readUniversityTitle } from '../../model/titles.ts';
import {
  chooseBands,
  countBands,
  readFactorRecords,
  riskBandOf,
  factorValuesOf,
  rateByFactors,
  factorValuesByBond,
  weightsOf,
} from './factor.ts';
import type { FactorWeights } from './factor.ts';
import { readScopes, ScopeMeans, spearman, validateMeasures } from './validation.ts';
import type { Scopes } from './validation.ts';

type Input = InputOf<typeof factor>;
type Model = ReturnType<typeof readFactorRecords>[number];

const linkQuery = `SELECT rowid AS row, id, payload FROM interfaces WHERE ${visibleCondition()}`;

/** The requested model by id or name; by default the active one, else the baseline, if there is any. Throws NOT_FOUND. */
function chooseModel(models: readonly Model[], requestedModel: string | undefined): Model | undefined {
  if (requestedModel !== undefined) {
    const model = models.find(
      ({ id, payload }) => id === requestedModel || payload['name'] === requestedModel,
    );
    if (model) return model;
    throw new Fault('NOT_FOUND', {
      type: 'factor-model',
      id: requestedModel,
    });
  }
  return (
    models.find(({ payload }) => payload['is_active'] === true) ??
    models.find(({ payload }) => payload['is_baseline'] === true)
  );
}

class ModelTally {
  readonly totals: number[] = [];
  readonly means: ScopeMeans;
  readonly weights: FactorWeights;
  readonly model: { id: string; name: string };

  constructor({ id, payload }: Model, factors: readonly JsonObject[], scopes: Scopes) {
    this.weights = weightsOf(payload, factors);
    this.means = new ScopeMeans(scopes);
    this.model = { id, name: titleOf('factor-model', payload) };
  }

  add(link: JsonObject, total: number): void {
    this.totals.push(total);
    this.means.add(link, total);
  }

  get mean(): number | null {
    return this.totals.length === 0
      ? null
      : this.totals.reduce((sum, total) => sum + total, 0) / this.totals.length;
  }
}

/** Rates every interface by one or two factor models; `from_bonds` uses bonds where values are missing. Yields the number done. */
export function* measureFactors(
  db: ReadHandle,
  { model: requestedModel, compare, only, from_bonds: fromBonds, limit }: Input,
): Generator<number, FactorMeasures, void> {
  const models = readFactorRecords(db, 'factor-model');
  const chosenModel = chooseModel(models, requestedModel);
  const comparedModel = compare === undefined ? undefined : chooseModel(models, compare);
  const factors = readFactorRecords(db, 'risk-factor').map(({ payload }) => payload);
  const scopes = yield* readScopes(db);
  const tally = chosenModel && new ModelTally(chosenModel, factors, scopes);
  const comparedTally = comparedModel && new ModelTally(comparedModel, factors, scopes);
  const totals: (Pick<FactorMeasures['interfaces'][number], 'id' | 'total' | 'parts'> & {
    comparedTotal: number | null;
    payload: JsonObject;
  })[] = [];
  const unratedLinks: { id: string; payload: JsonObject }[] = [];
  let [unratedCount, ratableCount, doneCount] = [0, 0, 0];
  for (const rows of readPages<{ id: string; payload: string }>(db, linkQuery)) {
    for (const { id, payload: text } of rows) {
      const payload = JSON.parse(text) as JsonObject;
      const bond = payload['bond_type'];
      const bondValues = typeof bond === 'string' ? factorValuesByBond[bond] : undefined;
      const values = factorValuesOf(payload) ?? (fromBonds ? bondValues : undefined);
      const { total, parts } =
        tally && values ? rateByFactors(values, tally.weights) : { total: null, parts: [] };
      if (!tally || !values || total === null) {
        unratedCount += 1;
        if (!values && bondValues) ratableCount += 1;
        if (unratedLinks.length < limit) unratedLinks.push({ id, payload });
        continue;
      }
      tally.add(payload, total);
      const comparedTotal = comparedTally ? rateByFactors(values, comparedTally.weights).total : null;
      if (comparedTotal !== null) comparedTally?.add(payload, comparedTotal);
      totals.push({ id, total, parts, comparedTotal, payload });
    }
    yield (doneCount += rows.length);
  }
  const tallies = [tally, comparedTally].filter((model) => model !== undefined);
  const { scale, bandsOf } = chooseBands(tallies.map((model) => model.totals));
  const [bandOf = riskBandOf, comparedBandOf = riskBandOf] = bandsOf;
  const links = totals.map(({ comparedTotal, ...link }) => ({
    ...link,
    band: bandOf(link.total),
    compared: comparedTotal === null ? null : { total: comparedTotal, band: comparedBandOf(comparedTotal) },
  }));
  const isChanged = ({ band, compared }: (typeof links)[number]): boolean =>
    compared !== null && compared.band !== band;
  const ratedLinks = links.filter(
    (link) => only === null || (only === 'changed' ? isChanged(link) : link.band === only),
  );
  ratedLinks.sort((a, b) => b.total - a.total || (a.id < b.id ? -1 : 1));
  const withTitle = <T extends { id: string; payload: JsonObject }>({ payload, ...fields }: T) => ({
    ...fields,
    title: readTitle(db, 'interface', payload),
    university: readUniversityTitle(db, { type: 'interface', id: fields.id, payload }),
  });
  return {
    model: tally?.model ?? null,
    interfaces: ratedLinks.slice(0, limit).map(withTitle),
    matched: ratedLinks.length,
    bands: countBands(tally?.totals ?? [], bandOf),
    band_scale: scale,
    rated: tally?.totals.length ?? 0,
    unrated: unratedCount,
    ratable: ratableCount,
    unrated_interfaces: unratedLinks.map(withTitle),
    mean: tally?.mean ?? null,
    validation: validateMeasures(db, tally?.means ?? new ScopeMeans(scopes), limit),
    compared:
      tally && comparedTally
        ? {
            model: comparedTally.model,
            bands: countBands(comparedTally.totals, comparedBandOf),
            mean: comparedTally.mean,
            changed: links.filter(isChanged).length,
            correlation: spearman(tally.totals, comparedTally.totals),
            validation: validateMeasures(db, comparedTally.means, limit),
          }
        : null,
  };
}
