import { z } from 'zod';
import { head, scenarioStep } from './analysis.ts';
import { band, chances, outlook, rates } from './simulation.ts';
import { operation, readOperation } from './base.ts';
import { streamOf } from './progress.ts';
import { moment } from './record.ts';
import { share, withDisplay } from './display-rules.ts';

/** The forecast of a term and its actual result. Reach is a share of the reach at forecast time without any loss on links. */
const forecastTerm = withDisplay(
  z.object({
    by: moment,
    /** When the result is measured: two months after the term's end, when graduates have left and newcomers are listed. */
    due: moment,
    said: band,
    /** The reach at the due date; null until then, and if the reach cannot be measured. */
    actual: share().nullable(),
    /** Whether the reach was within the band; null if not measured. */
    held: z.boolean().nullable(),
  }),
  {
    columns: [
      ['by', 'Term ends'],
      ['said.median', 'Forecast'],
      ['said.low', 'Low'],
      ['said.high', 'High'],
      ['due', 'Measured on'],
      'actual',
      ['held', 'In range'],
    ],
  },
);
export type ForecastTerm = z.infer<typeof forecastTerm>;

/** A saved simulation, for comparison with the actual result. */
export const forecast = withDisplay(
  z.object({
    id: z.string(),
    made: moment,
    by: z.object({ id: z.string(), name: z.string() }),
    /** The simulated head of the log, and the reach at that time. */
    head,
    now: share(),
    steps: z.array(scenarioStep),
    runs: z.number(),
    seed: z.number(),
    /** The given assumptions and the rates used; null for a forecast from before rates were learned. */
    chances,
    rates: rates.nullable(),
    /** How far outcomes lie beyond the runs one term ahead, from the errors of earlier forecasts; part of the bands. */
    model_error: share(),
    version: z.number(),
    /** The end of the running term first. */
    terms: z.array(forecastTerm),
    /** Whether the forecast cannot be scored: its head is no longer in the log, or the measures have changed. */
    lost: z.boolean(),
  }),
  { columns: ['id', 'made', 'by', 'now', 'runs', 'seed', 'lost'] },
);
export type Forecast = z.infer<typeof forecast>;

const forecasts = z.object({
  forecasts: z.array(forecast),
  /** Number of past terms over all forecasts, and of those within the band. */
  scored: z.number(),
  held: z.number(),
  /** Mean distance of the median from the actual result; null without a past term. */
  mean_error: share().nullable(),
});
export type Forecasts = z.infer<typeof forecasts>;

/** All forecasts with their actual results. Read-only. Throws CANCELLED. */
export const list = readOperation.input(z.object({})).output(streamOf(forecasts));

/** Simulates live and saves the result. For everybody except viewers. Throws NOT_FOUND, INVALID, FORBIDDEN, CANCELLED. */
export const save = operation
  .input(outlook.extend({ terms: z.number().int().min(1).max(20).default(4) }))
  .output(streamOf(forecast));

/** For its author and admins. Throws NOT_FOUND, FORBIDDEN. */
export const remove = operation.input(z.object({ id: z.string() })).output(z.object({ made: moment }));
