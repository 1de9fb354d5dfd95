import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './faults.ts';
import { streamOf } from './progress.ts';

export const riskBand = z.enum(['low', 'moderate', 'high', 'critical']);
export type RiskBand = z.infer<typeof riskBand>;
const bandCounts = z.object({
  low: z.number(),
  moderate: z.number(),
  high: z.number(),
  critical: z.number(),
});
const modelName = z.object({ id: z.string(), name: z.string() });

/** What a model would have said of recorded outcomes, from the links as they are now. */
export const validation = z.object({
  /** Those with a prediction, the newest cohort first; at most `limit`. */
  outcomes: z.array(
    z.object({
      id: z.string(),
      outcome_type: z.string().nullable(),
      cohort_year: z.number().nullable(),
      /** Whose rated links the prediction comes from: the project's, or where it has none the university's. */
      scope: z.enum(['project', 'university']),
      title: z.string(),
      links: z.number(),
      /** The mean total of those links, taken as the chance of failure. */
      risk: z.number(),
      predicted_failure: z.boolean(),
      failed: z.boolean(),
    }),
  ),
  /** Outcomes that are known and have a prediction. */
  judged: z.number(),
  failures: z.number(),
  correct: z.number(),
  /** `correct` of `judged`; null where none is judged, like the Brier score (mean of the squared differences, 0 is perfect). */
  accuracy: z.number().nullable(),
  brier: z.number().nullable(),
  /** The same of saying of all outcomes what most of them are, and the share that failed: a model that knows something is better. */
  reference: z.object({ accuracy: z.number(), brier: z.number() }).nullable(),
  /** For each band of the mean total: what was predicted on average, and the share that failed; null in an empty band. */
  calibration: z.array(
    z.object({
      band: riskBand,
      count: z.number(),
      predicted: z.number().nullable(),
      observed: z.number().nullable(),
    }),
  ),
  /** Known outcomes neither of whose project nor university has a rated link. */
  without_prediction: z.number(),
  /** Outcomes that say neither success nor failure. */
  undecided: z.number(),
});
export type Validation = z.infer<typeof validation>;

const link = {
  id: z.string(),
  title: z.string(),
  /** What its university is called, by which links of one name are told apart. */
  university: z.string().nullable(),
};

/** Every rated interface by a factor model. Totals and contributions 0 to 1. */
export const factorMeasures = z.object({
  /** Null where there is none. */
  model: modelName.nullable(),
  /** Of those that `only` lets through the worst first; at most `limit`. */
  interfaces: z.array(
    z.object({
      ...link,
      total: z.number(),
      band: riskBand,
      /** `contribution` is that of the value times the weight. */
      parts: z.array(
        z.object({ factor: z.string(), value: z.string(), weight: z.number(), contribution: z.number() }),
      ),
      /** By the model that it is compared with. */
      compared: z.object({ total: z.number(), band: riskBand }).nullable(),
    }),
  ),
  /** How many `only` lets through. */
  matched: z.number(),
  bands: bandCounts,
  rated: z.number(),
  /** Interfaces without factor values: they are in no band and no mean. */
  unrated: z.number(),
  /** Of them those with a bond that they can be rated by. */
  ratable: z.number(),
  /** The first of them; at most `limit`. */
  unrated_interfaces: z.array(z.object(link)),
  /** Null where none is rated. */
  mean: z.number().nullable(),
  validation,
  /** The second model, where one was asked for and is there. */
  compared: z
    .object({
      model: modelName,
      bands: bandCounts,
      mean: z.number().nullable(),
      /** Interfaces that it puts into another band. */
      changed: z.number(),
      /** Spearman's rank correlation of the totals, -1 to 1; null where one of the models says the same of all. */
      correlation: z.number().nullable(),
      validation,
    })
    .nullable(),
});
export type FactorMeasures = z.infer<typeof factorMeasures>;

/** Rates the interfaces of what is open by a factor model. Interfaces hold their values in `factor_values`, by the names of the factors. */
export const factor = operation
  .input(
    z.object({
      /** Id or name; without it the active model, else the baseline. */
      model: z.string().optional(),
      /** A second model, by id or name. */
      compare: z.string().optional(),
      /** Only the interfaces of one band, or those that the second model puts into another. */
      only: z
        .enum([...riskBand.options, 'changed'])
        .nullable()
        .default(null),
      /** Those without factor values are rated by their bonds. */
      from_bonds: z.boolean().default(false),
      limit: z.number().int().min(1).max(100_000).default(1000),
    }),
  )
  .output(factorMeasures);

const rated = z.object({
  ...planShape,
  /** Interfaces without factor values whose bond stands for none: they stay unrated. */
  unknown: z.number(),
  /** The first of the interfaces, in the order in which they are written. */
  records: z.array(plannedRecord),
  problems: z.array(issue),
  /** The newest transaction that it was made from. */
  head,
});
export type RatedByBonds = z.infer<typeof rated>;

/**
 * Interfaces without factor values get those that their bonds stand for, so that the baseline rates them .15, .30, .75 or 1. One audited change, all or
 * nothing. Throws MOVED_ON, FORBIDDEN, INVALID, CANCELLED.
 */
export const rateByBonds = operation
  .input(
    z.object({
      /** Only interfaces with an end at this university; null is all. */
      university: z.string().min(1).max(200).nullable().default(null),
      /** The newest transaction that was looked at: where an interface was changed since, it is refused as MOVED_ON. */
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(rated));
