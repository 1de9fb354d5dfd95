import type { z } from 'zod';
import type { ScenarioStep } from '#shared/contract/analysis.ts';
import type { Band, Chances, Rates } from '#shared/contract/simulation.ts';
import type { Forecast, Forecasts, ForecastTerm, save } from '#shared/contract/forecasts.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { homeOf } from '#shared/domain/target.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { actingProfile, actorOf } from '../../log/session.ts';
import { locateIn } from '../../log/records/locate.ts';
import { withGuests } from '../../model/guest-names.ts';
import { permitChanges, permitForecast } from '../../model/permissions.ts';
import type { CallContext, Services } from '../../model/services.ts';
import { invalidFault } from '../../model/validate.ts';
import { upkeepId, writeUpkeep } from '../../model/workspace-settings.ts';
import { termEnd } from '../questions/changes.ts';
import { nowOf } from '../measures/history.ts';
import { measuresVersion } from '../organisation.ts';
import { measureActuals } from './forecast-actuals.ts';
import { runSimulation } from './simulate.ts';

/** A stored forecast: a field named by its id in one settings row of the workspace. `by` is a profile id. */
interface Kept {
  made: string;
  by: string;
  head: { id: number; hash: string; at: string | null };
  version: number;
  runs: number;
  seed: number;
  steps: ScenarioStep[];
  chances: Chances;
  /** Missing in forecasts of earlier versions. */
  rates?: Rates;
  adjusted?: number;
  bands: Band[];
  ends: string[];
}

interface Pace {
  onProgress: OnProgress;
  signal: AbortSignal;
}

const nameOf = 'SELECT name FROM profiles WHERE id = ?';
const hashOf = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** How long after its end a term is measured. */
const monthsUntilDue = 2;

function dueOf(end: string): string {
  const due = new Date(end);
  due.setUTCMonth(due.getUTCMonth() + monthsUntilDue);
  return due.toISOString();
}

function readForecasts(db: ReadHandle): Forecast[] {
  const row = locateIn(db, 'workspace', upkeepId('forecasts'));
  const kept = Object.entries(row && !row.deleted ? row.payload : {}) as unknown as [string, Kept][];
  return kept
    .map(
      ([
        id,
        {
          bands: [now, ...said],
          ends,
          by,
          rates = null,
          adjusted = 1,
          ...one
        },
      ]) => ({
        id,
        ...one,
        rates,
        adjusted,
        by: { id: by, name: db.get<{ name: string }>(nameOf, [by])?.name ?? by },
        now: now?.median ?? 0,
        terms: said.map((band, at) => {
          const end = ends[at] as string;
          return { by: end, due: dueOf(end), said: band, actual: null, held: null };
        }),
        lost:
          one.version !== measuresVersion ||
          db.get<{ hash: string }>(hashOf, [one.head.id])?.hash !== one.head.hash,
      }),
    )
    .toSorted((a, b) => (a.made < b.made ? 1 : a.made > b.made ? -1 : a.id < b.id ? 1 : -1));
}

/** All forecasts with their outcomes. Throws CANCELLED. */
export async function listForecasts(services: Services, pace: Pace): Promise<Forecasts> {
  const { home } = services;
  const forecasts = readForecasts(home.read);
  const scored = await scoreTerms(services, forecasts, pace);
  const error = scored.reduce((sum, { error: distance }) => sum + distance, 0);
  const found = {
    forecasts,
    scored: scored.length,
    held: scored.filter(({ term }) => term.held).length,
    mean_error: scored.length === 0 ? null : error / scored.length,
  };
  return withGuests(home, found, (all) => all.forecasts.map(({ by }) => by));
}

interface Scored {
  term: ForecastTerm;
  /** The distance of the median from the outcome, and half the width of the simulated band. */
  error: number;
  halfWidth: number;
}

async function scoreTerms({ home }: Services, forecasts: readonly Forecast[], pace: Pace): Promise<Scored[]> {
  const now = nowOf(home).toISOString();
  const due = forecasts.flatMap(({ head, lost, terms, adjusted }) =>
    lost
      ? []
      : terms.flatMap((term, at) =>
          term.due <= now ? [{ head, term, adjusted, previous: terms[at - 1]?.due ?? null }] : [],
        ),
  );
  const actuals = await measureActuals(home, due, pace);
  return due.map(({ term, adjusted }, at) => {
    const { low, median, high } = term.said;
    const actual = actuals[at] as number;
    term.actual = actual;
    term.held = low <= actual && actual <= high;
    return { term, error: Math.abs(actual - median), halfWidth: (high - low) / 2 / adjusted };
  });
}

/** Fewer terms are not enough to adjust the width of bands. */
const fewestScored = 3;
const [narrowest, widest] = [0.5, 3];

/** The factor by which bands must be widened so that 80 % of the errors of earlier terms lie within. */
export function adjustmentOf(scored: readonly Pick<Scored, 'error' | 'halfWidth'>[]): number {
  if (scored.length < fewestScored) return 1;
  const errors = scored.map(({ error }) => error).sort((a, b) => a - b);
  const usual = errors[Math.ceil(0.8 * errors.length) - 1] as number;
  const meanHalfWidth = scored.reduce((sum, { halfWidth }) => sum + halfWidth, 0) / scored.length;
  if (meanHalfWidth === 0) return usual === 0 ? 1 : widest;
  return Math.min(widest, Math.max(narrowest, usual / meanHalfWidth));
}

const widened = ({ low, median, high }: Band, times: number): Band => ({
  low: Math.max(0, median - times * (median - low)),
  median,
  high: median + times * (high - median),
});

type Input = z.output<(typeof save)['~orpc']['inputSchema'] & z.ZodType>;

/** Simulates live and stores the forecast. Throws NOT_FOUND, INVALID, FORBIDDEN, CANCELLED. */
export async function saveForecast(
  { services, session }: CallContext,
  input: Input,
  pace: Pace,
): Promise<Forecast> {
  const { home } = services;
  if (homeOf(home.files.target).kind !== 'live' || services.moment)
    throw invalidFault([{ path: 'of', code: 'target', message: 'Forecasts are made of live, as it is now' }]);
  // Checked before the work, which is long.
  permitChanges(actorOf(actingProfile(home.read, session)), { type: 'forecast', id: '' });
  const scored = await scoreTerms(services, readForecasts(home.read), pace);
  const adjusted = adjustmentOf(scored);
  const { series, runs, head, rates } = await runSimulation(services, input, pace);
  const { steps, seed, chances, terms } = input;
  const ends = Array.from({ length: terms }, (_, at) => termEnd(nowOf(services), at + 1));
  // The first band is the current reach, which is known except for drawn values.
  const bands = series.scenario.map((band, term) => (term === 0 ? band : widened(band, adjusted)));
  const kept = { version: measuresVersion, head, steps, runs, seed, chances, rates, adjusted, ends, bands };
  const made = await home.queue.command(session, (write) => keep(write, kept));
  return withGuests(home, made, ({ by }) => [by]);
}

function keep(write: WriteContext, forecast: Omit<Kept, 'made' | 'by'>): Forecast {
  permitChanges(write.actor, { type: 'forecast', id: '' });
  const id = `fc_${write.ids.uuid()}`;
  const kept: Kept = { made: write.audit.time, by: write.actor.id, ...forecast };
  writeUpkeep(write, 'forecasts', { [id]: kept as unknown as JsonObject });
  write.audit.label('forecast.save', { id });
  return forecastOf(write.db, id);
}

/** Throws NOT_FOUND, FORBIDDEN. */
export function removeForecast(write: WriteContext, id: string): Pick<Forecast, 'made'> {
  const found = forecastOf(write.db, id);
  permitForecast(write.actor, id, found.by.id);
  writeUpkeep(write, 'forecasts', {}, [id]);
  write.audit.label('forecast.remove', { id, made: found.made });
  return { made: found.made };
}

function forecastOf(db: ReadHandle, id: string): Forecast {
  const found = readForecasts(db).find((one) => one.id === id);
  if (!found) throw new Fault('NOT_FOUND', { type: 'forecast', id });
  return found;
}
