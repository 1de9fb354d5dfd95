import type { ScenarioMeasures } from '#shared/contract/simulation.ts';
import { withLive, withSandbox } from '../../compare/snapshots.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { runYielding } from '../../kernel/progress.ts';
import { runWithFallback } from '../../kernel/workers/worker-pool.ts';
import { isUndone } from '../../log/audit/undone.ts';
import type { SandboxFacts } from '../../log/sandbox-facts.ts';
import { createIndexes } from '../../model/indexes.ts';
import type { Services } from '../../model/services.ts';
import { declaredModules } from '../measures/network-model.ts';
import { noNode, withoutNames } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { drawKeysOf } from './places.ts';
import type { ReferenceOrganisation } from './places.ts';
import type { ScenarioInput } from './scenario.ts';
import { measureTask } from './simulate-task.ts';

interface SimulationTarget {
  organisation: NamedOrganisation;
  reference: ReferenceOrganisation | null;
  passedTerms: number;
}

/** Reads the organisation to simulate. The reference of a sandbox is live. Throws NOT_FOUND, BUSY, WORKSPACE, CANCELLED. */
export async function readSimulationTarget(
  services: Services,
  targetId: string | undefined,
  signal: AbortSignal,
): Promise<SimulationTarget> {
  const pace = { clock: services.source.clock, signal };
  const readDatabase = (db: Connection): Promise<NamedOrganisation> =>
    runYielding(readOrganisation({ read: db, ...createIndexes(db) }), pace);
  const readOpenTarget = (): Promise<NamedOrganisation> => runYielding(readOrganisation(services), pace);
  if (targetId === undefined)
    return { organisation: await readOpenTarget(), reference: null, passedTerms: 0 };
  const { target } = services.files;
  const currentId = target.kind === 'sandbox' ? target.id : 'live';
  const openId = services.moment === null ? currentId : null;
  const live = await (openId === 'live' ? readOpenTarget() : withLive(services, readDatabase));
  if (targetId === 'live') return { organisation: live, reference: null, passedTerms: 0 };
  const { organisation, passedTerms } = await withSandbox(services, targetId, async (db, facts) => {
    const sandbox = await (openId === targetId ? readOpenTarget() : readDatabase(db));
    return { organisation: sandbox, passedTerms: termsPassed(db, facts) };
  });
  return {
    organisation,
    reference: referenceOf(live, organisation, { isPlaceKept: passedTerms > 0 }),
    passedTerms,
  };
}

/** The parts of a scenario's input that follow from the organisation alone. */
export const modelInputOf = (
  organisation: NamedOrganisation,
): Pick<ScenarioInput, 'organisation' | 'keys' | 'modules'> => ({
  organisation: withoutNames(organisation),
  keys: drawKeysOf(organisation),
  modules: declaredModules(organisation.nodes),
});

/** Measures an organisation as it is, on a worker. Throws the signal's reason. */
export const measureOnWorker = (
  { log }: Pick<Services, 'log'>,
  organisation: NamedOrganisation,
  signal: AbortSignal,
  reference: ReferenceOrganisation | null = null,
): Promise<ScenarioMeasures> =>
  runWithFallback(measureTask, { ...modelInputOf(organisation), reference }, { signal, log });

/**
 * Makes `base` the reference of an organisation, with the members that its teams have in `base`. If terms have passed since, missing
 * members have left open places. Members who are not in `previous`, the organisation of a term ago, are newcomers.
 */
export function referenceOf(
  base: NamedOrganisation,
  organisation: NamedOrganisation,
  { isPlaceKept = false, previous }: { isPlaceKept?: boolean; previous?: NamedOrganisation } = {},
): ReferenceOrganisation {
  const totalsByTeam = new Map<string, { members: number; weight: number }>();
  for (const [row, team] of base.memberOf.entries()) {
    const id = base.nodes[team]?.id;
    if (team === noNode || id === undefined) continue;
    const { members, weight } = totalsByTeam.get(id) ?? { members: 0, weight: 0 };
    totalsByTeam.set(id, { members: members + 1, weight: weight + (base.memberWeights[row] as number) });
  }
  return {
    organisation: withoutNames(base),
    keys: drawKeysOf(base),
    members: Uint32Array.from(organisation.nodes, ({ id }) => totalsByTeam.get(id)?.members ?? 0),
    weights: Float64Array.from(organisation.nodes, ({ id }) => totalsByTeam.get(id)?.weight ?? 0),
    isPlaceKept,
    newcomers: previous ? newcomersSince(previous, organisation) : null,
  };
}

/** 1 for each member who is not in `previous`. */
function newcomersSince(previous: NamedOrganisation, { nodes, students }: NamedOrganisation): Uint8Array {
  const earlierIds = new Set(Array.from(previous.students, (student) => previous.nodes[student]?.id));
  const newcomers = new Uint8Array(nodes.length);
  for (const student of students) newcomers[student] = Number(!earlierIds.has(nodes[student]?.id));
  return newcomers;
}

const advanceQuery = `SELECT op_id, params FROM audit_transactions
  WHERE id > ? AND label = 'students.advanced' AND undoes IS NULL AND redoes IS NULL`;

/** The number of terms that passed for all universities; terms of a single university do not count. */
function termsPassed(db: Connection, { own_after }: SandboxFacts): number {
  return db
    .all<{ op_id: string; params: string }>(advanceQuery, [own_after])
    .filter(({ op_id }) => !isUndone(db, op_id))
    .map(({ params }) => JSON.parse(params) as { terms?: number; university?: string })
    .reduce((sum, { terms = 0, university }) => sum + (university === undefined ? terms : 0), 0);
}
