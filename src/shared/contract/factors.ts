import { z } from 'zod';
import { operation, readOperation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';
import { share, withDisplay } from './display-rules.ts';

export const riskBand = z.enum(['low', 'moderate', 'high', 'critical']);
export type RiskBand = z.infer<typeof riskBand>;
const bandCounts = z.object({
  low: z.number(),
  moderate: z.number(),
  high: z.number(),
  critical: z.number(),
});
const interval = withDisplay(z.object({ low: share(), high: share() }), {
  text: ({ low, high }) => `${low.toFixed(2)} to ${high.toFixed(2)}`,
});
const modelName = z.object({ id: z.string(), name: z.string() });

export const validation = z.object({
  /** Outcomes with a prediction, newest cohort first; at most `limit`. */
  outcomes: z.array(
    z.object({
      id: z.string(),
      outcome_type: z.string().nullable(),
      cohort_year: z.number().nullable(),
      /** The rated links behind the prediction: the project's, or the university's if the project has none. */
      scope: z.enum(['project', 'university']),
      title: z.string(),
      links: z.number(),
      /** Mean total of those links, used as the probability of failure. */
      risk: share(),
      predicted_failure: z.boolean(),
      failed: z.boolean(),
    }),
  ),
  /** Known outcomes with a prediction. */
  judged: z.number(),
  failures: z.number(),
  /** Known outcomes with a prediction that a rating needs. With fewer, all scores are null, and `calibration` is empty. */
  needed: z.number(),
  correct: z.number().nullable(),
  /** `correct` of `judged`; its 95 % interval is that of Wilson. */
  accuracy: share().nullable(),
  accuracy_interval: interval.nullable(),
  /** Mean squared difference, 0 is perfect; its 95 % interval is that of a mean. */
  brier: z.number().nullable(),
  brier_interval: interval.nullable(),
  /** Scores without a model: of always saying the majority result, and the Brier score of always predicting the failure rate. */
  reference: z
    .object({ says: z.enum(['success', 'failure']), accuracy: share(), brier: z.number() })
    .nullable(),
  /** Whether a score is better than its reference beyond its interval. */
  better_than_reference: z.boolean().nullable(),
  /** Per band of the fixed scale: the mean prediction and the actual failure rate; null in an empty band. */
  calibration: z.array(
    z.object({
      band: riskBand,
      count: z.number(),
      predicted: share().nullable(),
      observed: share().nullable(),
    }),
  ),
  /** Known outcomes whose project and university have no rated link. */
  without_prediction: z.number(),
  /** Outcomes without success or failure. */
  undecided: z.number(),
});
export type Validation = z.infer<typeof validation>;

const linkFields = {
  id: z.string(),
  title: z.string(),
  university: z.string().nullable(),
};

/** All interfaces rated by a factor model. Totals and contributions 0 to 1. */
export const factorMeasures = z.object({
  model: modelName.nullable(),
  /** Interfaces that match `only`, worst first; at most `limit`. */
  interfaces: z.array(
    withDisplay(
      z.object({
        ...linkFields,
        total: z.number(),
        band: riskBand,
        /** `contribution` is the value's contribution times the weight. */
        parts: z.array(
          z.object({ factor: z.string(), value: z.string(), weight: z.number(), contribution: z.number() }),
        ),
        /** The rating by the second model. */
        compared: z.object({ total: z.number(), band: riskBand }).nullable(),
      }),
      { columns: ['total', 'band', ['compared.band', 'Compared'], 'title', 'university'] },
    ),
  ),
  matched: z.number(),
  bands: bandCounts,
  /**
   * `fixed`: bands begin at .15, .35 and .60. `rank`: one band would hold more than half of the links, so the top 10 % are critical, the next
   * 20 % high, the next 30 % moderate; equal totals share a band. `tied`: fixed too, because ranks would not separate the links either.
   */
  band_scale: z.enum(['fixed', 'rank', 'tied']),
  rated: z.number(),
  /** Interfaces without factor values; in no band and no mean. */
  unrated: z.number(),
  /** Unrated interfaces whose bond allows a rating. */
  ratable: z.number(),
  /** The first unrated interfaces; at most `limit`. */
  unrated_interfaces: z.array(z.object(linkFields)),
  mean: z.number().nullable(),
  validation,
  /** The second model, if requested and found. */
  compared: z
    .object({
      model: modelName,
      bands: bandCounts,
      mean: z.number().nullable(),
      /** Interfaces that the second model puts into another band. */
      changed: z.number(),
      /** Spearman's rank correlation of the totals, -1 to 1; null if a model rates all links equally. */
      correlation: z.number().nullable(),
      validation,
    })
    .nullable(),
});
export type FactorMeasures = z.infer<typeof factorMeasures>;

/** Rates the interfaces of the open target by a factor model. Interfaces store factor values in `factor_values`, by factor name. */
export const factor = readOperation
  .input(
    z.object({
      /** Id or name; default: the active model, else the baseline. */
      model: z.string().optional(),
      compare: z.string().optional(),
      /** Only interfaces of one band, or those that the second model puts into another band. */
      only: z
        .enum([...riskBand.options, 'changed'])
        .nullable()
        .default(null),
      /** Rates interfaces without factor values by their bonds. */
      from_bonds: z.boolean().default(false),
      limit: z.number().int().min(1).max(100_000).default(1000),
    }),
  )
  .output(factorMeasures);

const ratingResult = z.object({
  ...planShape,
  /** Interfaces without factor values whose bond implies no values; they stay unrated. */
  unknown: z.number(),
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type BondRatingResult = z.infer<typeof ratingResult>;

/** Sets factor values from bonds on interfaces without any, such that the baseline rates them .15, .30, .75 or 1. One audited change. */
export const rateByBonds = operation
  .input(
    z.object({
      university: z.string().min(1).max(200).nullable().default(null),
      /** The head that the user saw. Throws MOVED_ON if an interface has changed since. */
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(ratingResult));
