import { z } from 'zod';
import { head, scenarioStep } from './analysis.ts';
import { band, chances, outlook, rates } from './simulation.ts';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';
import { moment } from './record.ts';

/** What was said of a term, and what came of it. Reach is a share of what would have reached when it was said if nothing were lost on any link. */
const forecastTerm = z.object({
  /** The end of the term. */
  by: moment,
  /** When it is measured: two months after its end, when its graduates are out and who is new is listed. */
  due: moment,
  said: band,
  /** The reach when it was due; null until then, and where it cannot be measured. */
  actual: z.number().nullable(),
  /** Whether that lay within the band; null without it. */
  held: z.boolean().nullable(),
});
export type ForecastTerm = z.infer<typeof forecastTerm>;

/** A simulation that was saved, to be held against what happens. */
export const forecast = z.object({
  id: z.string(),
  /** When and by whom (a profile's id and name) it was saved. */
  made: moment,
  by: z.object({ id: z.string(), name: z.string() }),
  /** The log that was simulated, and what the reach was then. */
  head,
  now: z.number(),
  steps: z.array(scenarioStep),
  runs: z.number(),
  seed: z.number(),
  /** What was given, and the rates that were used; null of a forecast from before rates were learned. */
  chances,
  rates: rates.nullable(),
  /** How many times wider than simulated the bands are, by how far earlier forecasts were off. */
  adjusted: z.number(),
  /** Of the measures. */
  version: z.number(),
  /** The end of the running term first. */
  terms: z.array(forecastTerm),
  /** The log does not have what was simulated any more, or measures are others now: nothing can be held against it. */
  lost: z.boolean(),
});
export type Forecast = z.infer<typeof forecast>;

const forecasts = z.object({
  /** The latest first. */
  forecasts: z.array(forecast),
  /** Terms that have come, over all forecasts, and in how many of them the band held. */
  scored: z.number(),
  held: z.number(),
  /** The mean distance of the median from what happened; null where no term has come. */
  mean_error: z.number().nullable(),
});
export type Forecasts = z.infer<typeof forecasts>;

/** Every forecast, held against what happened. Nothing is written. Throws CANCELLED. */
export const list = operation.input(z.object({})).output(streamOf(forecasts));

/** Simulates live and saves what comes of it. Everybody but a viewer may. Throws NOT_FOUND, INVALID, FORBIDDEN, CANCELLED. */
export const save = operation
  .input(outlook.extend({ terms: z.number().int().min(1).max(20).default(4) }))
  .output(streamOf(forecast));

/** For whoever saved it, and admins. Throws NOT_FOUND, FORBIDDEN. */
export const remove = operation.input(z.object({ id: z.string() })).output(z.object({ made: moment }));
