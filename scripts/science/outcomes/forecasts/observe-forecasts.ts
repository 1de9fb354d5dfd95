import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import type { Forecast } from '#shared/contract/forecasts.ts';
import type { Split } from '../observations.ts';
import { foreignKinds } from './foreign-rules.ts';
import { ForeignWorld } from './foreign-world.ts';
import type { Recorder } from './foreign-world.ts';

/** A term of a saved forecast, and what was measured when it was due. Forecasts and terms count from 1. */
export interface ForecastOutcome {
  kind: string;
  split: Split;
  forecast: number;
  termsAhead: number;
  said: Forecast['terms'][number]['said'];
  modelError: number;
  actual: number;
}

export const [forecastCount, maxTermsAhead] = [9, 4];
const runs = 100;
const firstYear = 2026;

/** Saves a forecast in each term of a world, in a real workspace, and compares all of them with what happened. */
export async function observeForecasts(
  kind: string,
  seed: number,
  folder: string,
): Promise<ForecastOutcome[]> {
  const { rules, split } = foreignKinds[kind] as (typeof foreignKinds)[string];
  const world = new ForeignWorld(rules, seed);
  const system = systemServices();
  let time = Date.UTC(firstYear, 2, 15);
  const core = await openCore({
    workspace: join(mkdtempSync(join(folder, 'frames-forecasts-')), 'workspace'),
    ...system,
    clock: { ...system.clock, now: () => time },
    log: silentLog,
    create: { owner: 'Outcomes' },
    holder: { kind: 'test', label: 'outcomes' },
  });
  try {
    const session = core.session();
    const { records } = world;
    await fillSample(core.services, session, {
      sample: { size: kind, seed, total: records.length, records },
    });
    const { entities, forecasts } = core.client(session);
    const recorder: Recorder = {
      create: async ({ type, id, payload: data }) => void (await entities.create({ type, id, data })),
      change: async (type, id, data) => void (await entities.update({ type, id, data })),
      remove: async (type, id) => void (await entities.remove({ type, id })),
    };
    for (let term = 0; term < forecastCount + maxTermsAhead - 1; term++) {
      // The months of summer terms count from January, those of winter terms from July.
      const timeIn = (month: number, day: number): number => Date.UTC(firstYear, 6 * term + month, day);
      time = timeIn(2, 15);
      if (term < forecastCount)
        for await (const _ of await forecasts.save({ terms: maxTermsAhead, runs, seed: term + 1 }));
      time = timeIn(4, 15);
      await world.duringTerm(recorder);
      time = timeIn(6, 2);
      await world.endTerm(recorder);
      for await (const _ of await entities.advanceTerms({ terms: 1 }));
      time = timeIn(7, 15);
      await world.beginTerm(recorder, term);
      time = timeIn(8, 2);
    }
    for await (const step of await forecasts.list({}))
      if (step.kind === 'result')
        return step.result.forecasts.toReversed().flatMap(({ terms, model_error: modelError }, index) =>
          terms.map(({ said, actual }, term) => ({
            kind,
            split,
            modelError,
            said,
            forecast: index + 1,
            termsAhead: term + 1,
            actual: actual ?? Number.NaN,
          })),
        );
    throw new Error('The list of forecasts has no result');
  } finally {
    await core.close();
  }
}
