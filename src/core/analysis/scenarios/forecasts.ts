import type { RequestPace } from '../../kernel/progress.ts';
import { issueWithCode } from '#shared/texts/issues.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type { ScenarioStep } from '#shared/contract/analysis.ts';
import type { Band, Chances, Rates } from '#shared/contract/simulation.ts';
import type { Forecast, Forecasts, ForecastTerm, save } from '#shared/contract/forecasts.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { compareText } from '#shared/domain/sort-key.ts';
import { currentTargetOf } from '#shared/domain/target.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { actingProfile, actorOf } from '../../log/session.ts';
import { locateIn } from '../../log/records/locate.ts';
import { withNamesFromLive } from '../../model/names-from-live.ts';
import { assertCanWrite, assertCanRemoveForecast } from '../../model/permissions.ts';
import type { CallContext, Services } from '../../model/services.ts';
import { invalidFault } from '../../model/validate.ts';
import { settingId, writeSetting } from '../../model/workspace-settings.ts';
import { termEnd } from '#shared/domain/terms.ts';
import { nowOf } from '../../moments/point.ts';
import { measuresVersion } from '../organisation.ts';
import { measureActuals } from './forecast-actuals.ts';
import { learnModelError, withModelError } from './model-error.ts';
import type { BandOutcome } from './model-error.ts';
import { simulateRuns } from './simulate.ts';

/** A stored forecast: a field named by its id in one settings row of the workspace. `by` is a profile id. */
interface StoredForecast {
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
  model_error?: number;
  /** With the model error; the first is the current reach. */
  bands: Band[];
  ends: string[];
}

const nameQuery = 'SELECT name FROM profiles WHERE id = ?';
const hashQuery = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** A term is measured this many months after its end. */
const monthsUntilDue = 2;

function dueTime(end: string): string {
  const due = new Date(end);
  due.setUTCMonth(due.getUTCMonth() + monthsUntilDue);
  return due.toISOString();
}

function readForecasts(db: ReadHandle): Forecast[] {
  const row = locateIn(db, 'workspace', settingId('forecasts'));
  const storedForecasts = Object.entries(row && !row.deleted ? row.payload : {}) as unknown as [
    string,
    StoredForecast,
  ][];
  return storedForecasts
    .map(([id, stored]) => toForecast(db, id, stored))
    .toSorted((a, b) => compareText(b.made, a.made) || compareText(b.id, a.id));
}

function toForecast(db: ReadHandle, id: string, stored: StoredForecast): Forecast {
  const { bands, ends, by, rates = null, model_error = 0, ...otherFields } = stored;
  const [now, ...termBands] = bands;
  const currentHash = db.get<{ hash: string }>(hashQuery, [stored.head.id])?.hash;
  return {
    id,
    ...otherFields,
    rates,
    model_error,
    by: { id: by, name: db.get<{ name: string }>(nameQuery, [by])?.name ?? by },
    now: now?.median ?? 0,
    terms: termBands.map((band, index) => {
      const end = ends[index] as string;
      return { by: end, due: dueTime(end), said: band, actual: null, held: null };
    }),
    lost: stored.version !== measuresVersion || currentHash !== stored.head.hash,
  };
}

/** All forecasts with their outcomes. Throws CANCELLED. */
export async function listForecasts(services: Services, pace: RequestPace): Promise<Forecasts> {
  const { home } = services;
  const forecasts = readForecasts(home.read);
  const scoredTerms = await scoreTerms(services, forecasts, pace);
  const error = scoredTerms.reduce((sum, { said, actual }) => sum + Math.abs(actual - said.median), 0);
  const result = {
    forecasts,
    scored: scoredTerms.length,
    held: scoredTerms.filter(({ term }) => term.held).length,
    mean_error: scoredTerms.length === 0 ? null : error / scoredTerms.length,
  };
  return withNamesFromLive(home, result, (all) => all.forecasts.map(({ by }) => by));
}

interface ScoredTerm extends BandOutcome {
  term: ForecastTerm;
}

async function scoreTerms(
  { home }: Services,
  forecasts: readonly Forecast[],
  pace: RequestPace,
): Promise<ScoredTerm[]> {
  const now = nowOf(home).toISOString();
  const dueTerms = forecasts.flatMap(({ head, lost, terms, model_error }) =>
    lost
      ? []
      : terms.flatMap((term, index) =>
          term.due <= now
            ? [{ head, term, index, model_error, previousDue: terms[index - 1]?.due ?? null }]
            : [],
        ),
  );
  const actuals = await measureActuals(home, dueTerms, pace);
  return dueTerms.map(({ term, index, model_error: modelError }, row) => {
    const { said } = term;
    const actual = actuals[row] as number;
    term.actual = actual;
    term.held = said.low <= actual && actual <= said.high;
    return { term, said, modelError, termsAhead: index + 1, actual };
  });
}

type Input = InputOf<typeof save>;

/** Simulates live and stores the forecast. Throws NOT_FOUND, INVALID, FORBIDDEN, CANCELLED. */
export async function saveForecast(
  { services, session }: CallContext,
  input: Input,
  pace: RequestPace,
): Promise<Forecast> {
  const { home } = services;
  if (currentTargetOf(home.files.target).kind !== 'live' || services.moment)
    throw invalidFault([issueWithCode('of', 'target', 'forecast_of_live')]);
  // Checked before the work, which is long.
  assertCanWrite(actorOf(actingProfile(home.read, session)), { type: 'forecast', id: '' });
  const scoredTerms = await scoreTerms(services, readForecasts(home.read), pace);
  const modelError = learnModelError(scoredTerms);
  const { series, runs, head, rates } = await simulateRuns(services, input, pace);
  const { steps, seed, chances, terms } = input;
  const ends = Array.from({ length: terms }, (_, index) => termEnd(nowOf(services), index + 1));
  const bands = series.scenario.map((band, term) => withModelError(band, modelError, term));
  const forecast = {
    version: measuresVersion,
    head,
    steps,
    runs,
    seed,
    chances,
    rates,
    model_error: modelError,
    ends,
    bands,
  };
  const storedForecast = await home.queue.command(session, (write) => storeForecast(write, forecast));
  return withNamesFromLive(home, storedForecast, ({ by }) => [by]);
}

function storeForecast(write: WriteContext, forecast: Omit<StoredForecast, 'made' | 'by'>): Forecast {
  assertCanWrite(write.actor, { type: 'forecast', id: '' });
  const id = `fc_${write.ids.uuid()}`;
  const stored: StoredForecast = { made: write.audit.time, by: write.actor.id, ...forecast };
  writeSetting(write, 'forecasts', { [id]: stored as unknown as JsonObject });
  write.audit.label('forecast.save', { id });
  return forecastOf(write.db, id);
}

/** Throws NOT_FOUND, FORBIDDEN. */
export function removeForecast(write: WriteContext, id: string): Pick<Forecast, 'made'> {
  const forecast = forecastOf(write.db, id);
  assertCanRemoveForecast(write.actor, id, forecast.by.id);
  writeSetting(write, 'forecasts', {}, [id]);
  write.audit.label('forecast.remove', { id, made: forecast.made });
  return { made: forecast.made };
}

function forecastOf(db: ReadHandle, id: string): Forecast {
  const forecast = readForecasts(db).find((candidate) => candidate.id === id);
  if (!forecast) throw new Fault('NOT_FOUND', { type: 'forecast', id });
  return forecast;
}
