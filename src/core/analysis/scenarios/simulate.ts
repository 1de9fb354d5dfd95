import type { z } from 'zod';
import type { ScenarioStep, simulate, SimulationResult } from '#shared/contract/analysis.ts';
import { Fault } from '#shared/contract/faults.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import { runInWorkerOrHere } from '../../kernel/workers/worker-pool.ts';
import type { Services } from '../../model/services.ts';
import { invalid } from '../../model/validate.ts';
import { declaredModules } from '../measures/network-model.ts';
import { readMeasured } from './measured.ts';
import { kindOf, withoutNames } from '../organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import type { Step } from './scenario.ts';
import { simulateTask } from './simulate-task.ts';

type Input = z.output<(typeof simulate)['~orpc']['inputSchema'] & z.ZodType>;

/** Nodes times terms times runs at most, some ten seconds; beyond, there are fewer runs. */
const mostWork = 2_000_000;
const fewestRuns = 20;

/** Plays a scenario through. Nothing is written. Throws NOT_FOUND for a record or an interface that is not there, INVALID, CANCELLED. */
export async function runSimulation(
  services: Services,
  { of, steps, terms, runs: wanted, seed, chances }: Input,
  { tell, signal }: { tell: OnProgress; signal: AbortSignal },
): Promise<SimulationResult> {
  const { named, against, passed } = await readMeasured(services, of, signal);
  const { nodes, linkIds, head } = named;
  const placed = steps.map((step) => placeStep(named, step));
  const left = Math.max(0, terms - passed);
  const most = Math.floor(mostWork / (Math.max(1, linkIds.length) * (left + 1)));
  const runs = Math.min(wanted, Math.max(fewestRuns, most));
  const input = {
    organisation: withoutNames(named),
    against,
    modules: declaredModules(nodes),
    steps: placed,
    terms: left,
    runs,
    seed,
    chances,
  };
  const found = await runInWorkerOrHere(simulateTask, input, {
    signal,
    log: services.log,
    onProgress: (part) =>
      tell({ kind: 'progress', step: 'checking', done: Math.round(100 * part), total: 100 }),
  });
  return { ...found, terms, passed, runs, seed, head };
}

function placeStep(named: NamedOrganisation, step: ScenarioStep): Step {
  const node = (id: string): number => {
    const at = named.nodes.findIndex((one) => one.id === id);
    if (at === -1) throw missing('record', id);
    return at;
  };
  const link = (id: string): number => {
    const at = named.linkIds.indexOf(id);
    if (at === -1) throw missing('interface', id);
    return at;
  };
  if (step.do === 'remove') return { do: 'remove', nodes: step.ids.map(node) };
  if (step.do === 'cut') return { do: 'cut', link: link(step.id) };
  if (step.do === 'mentor') {
    const team = node(step.team);
    if (named.kinds[team] !== kindOf.team) throw missing('team', step.team);
    return { do: 'mentor', team, terms: step.terms ?? Number.NaN };
  }
  const { bond_type: bond } = step;
  const loss = step.energy_loss ?? defaultEnergyLoss[bond];
  if (loss === undefined)
    throw refused('bond_type', `"${bond}" is no bond whose usual loss is known: give energy_loss`);
  const strength = { loss, codified: bond.includes('codified') };
  if (step.do === 'strengthen') return { do: 'strengthen', link: link(step.id), ...strength };
  if (step.from === step.to) throw refused('to', 'an interface joins two different records');
  return { do: 'link', from: node(step.from), to: node(step.to), ...strength };
}

const refused = (path: string, message: string) => invalid([{ path, code: 'invalid_value', message }]);

const missing = (type: string, id: string): Fault<'NOT_FOUND'> =>
  new Fault('NOT_FOUND', `There is no ${type} "${id}" that is measured.`, { type, id });
