import { issueWithCode } from '#shared/texts/issues.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type { ScenarioStep } from '#shared/contract/analysis.ts';
import type { Band, simulate, SimulationResult } from '#shared/contract/simulation.ts';
import { Fault } from '#shared/contract/faults.ts';
import { defaultEnergyLoss, describedShare, usualShares } from '#shared/domain/interfaces.ts';
import { runYielding } from '../../kernel/progress.ts';
import type { RequestPace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { invalidFault } from '../../model/validate.ts';
import { runShareTask } from '../run-task.ts';
import { initialModelError, withModelError } from './model-error.ts';
import { modelInputOf, readSimulationTarget } from './simulation-target.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { ratesOf } from './rates.ts';
import { simulateTask } from './simulate-task.ts';
import type { Step } from './steps.ts';
import { countTurnover } from './turnover.ts';

type Input = InputOf<typeof simulate>;

/** The limit of (links + memberships) × runs × terms: some ten seconds. Larger inputs get fewer runs, down to the minimum for a band. */
const maxWork = 200_000_000;
const minRuns = 100;

/** Simulates a scenario. Writes nothing. Throws NOT_FOUND for an unknown record or interface, INVALID, CANCELLED. */
export async function runSimulation(
  services: Services,
  input: Input,
  pace: RequestPace,
): Promise<SimulationResult> {
  const { series, ...result } = await simulateRuns(services, input, pace);
  const widen = (bands: readonly Band[]): Band[] =>
    bands.map((band, term) => withModelError(band, initialModelError, result.passed + term));
  return { ...result, series: { nothing: widen(series.nothing), scenario: widen(series.scenario) } };
}

/** Like `runSimulation`, but its bands are those of the runs, without the model error. */
export async function simulateRuns(
  services: Services,
  { of, steps, terms, runs: requestedRuns, seed, chances }: Input,
  pace: RequestPace,
): Promise<SimulationResult> {
  const { signal } = pace;
  const { organisation, reference, passedTerms } = await readSimulationTarget(services, of, signal);
  const { linkIds, head } = organisation;
  const resolvedSteps = steps.map((step) => resolveStep(organisation, step));
  const { clock } = services.source;
  const counting = countTurnover(services.home.read, services.moment?.point.id);
  const turnover = await runYielding(counting, { clock, signal });
  // A sandbox uses the rates of live, so that only its changes make a difference.
  const { rates, summary } = ratesOf(chances, turnover, (reference?.organisation ?? organisation).terms);
  const remainingTerms = Math.max(0, terms - passedTerms);
  const scenarioCount = steps.length > 0 || reference !== null ? 2 : 1;
  const workPerRun =
    Math.max(1, linkIds.length + organisation.students.length) * (remainingTerms + 1) * scenarioCount;
  const runs = Math.min(requestedRuns, Math.max(minRuns, Math.floor(maxWork / workPerRun)));
  const input = {
    ...modelInputOf(organisation),
    reference,
    steps: resolvedSteps,
    terms: remainingTerms,
    passedTerms,
    runs,
    seed,
    rates,
  };
  const simulation = await runShareTask(services, simulateTask, input, pace);
  return { ...simulation, rates: summary, terms, passed: passedTerms, runs, seed, head };
}

function resolveStep(organisation: NamedOrganisation, step: ScenarioStep): Step {
  const nodeIndex = (id: string): number => {
    const index = organisation.nodes.findIndex((record) => record.id === id);
    if (index === -1) throw notFound('record', id);
    return index;
  };
  const teamIndex = (id: string): number => {
    const index = nodeIndex(id);
    if (organisation.nodes[index]?.type !== 'team') throw notFound('team', id);
    return index;
  };
  const linkIndex = (id: string): number => {
    const index = organisation.linkIds.indexOf(id);
    if (index === -1) throw notFound('interface', id);
    return index;
  };
  if (step.do === 'remove') return { do: 'remove', nodes: step.ids.map(nodeIndex) };
  if (step.do === 'cut') return { do: 'cut', link: linkIndex(step.id) };
  if (step.do === 'document')
    return {
      do: 'document',
      link: linkIndex(step.id),
      documented: (step.documented ?? describedShare) / 100,
    };
  if (step.do === 'mentor')
    return { do: 'mentor', team: teamIndex(step.team), terms: step.terms ?? Infinity };
  if (step.do === 'recruit') return { do: 'recruit', team: teamIndex(step.team), count: step.count };
  const { bond_type: bond } = step;
  const loss = step.energy_loss ?? defaultEnergyLoss[bond];
  if (loss === undefined) throw invalidStep('bond_type', 'bond_without_loss', { bond });
  const strength = { loss, documented: (usualShares[bond] ?? 0) / 100 };
  if (step.do === 'strengthen') return { do: 'strengthen', link: linkIndex(step.id), ...strength };
  if (step.from === step.to) throw invalidStep('to', 'same_ends');
  return { do: 'link', from: nodeIndex(step.from), to: nodeIndex(step.to), ...strength };
}

const invalidStep = (path: string, problem: 'bond_without_loss' | 'same_ends', values?: { bond: string }) =>
  invalidFault([issueWithCode(path, 'invalid_value', problem, values)]);

const notFound = (type: string, id: string): Fault<'NOT_FOUND'> => new Fault('NOT_FOUND', { type, id });
