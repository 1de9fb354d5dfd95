import { withLive, withPlay } from '../../compare/snapshots.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { inTurns } from '../../kernel/progress.ts';
import { isUndone } from '../../log/audit/undone.ts';
import type { SandboxFacts } from '../../log/sandbox-facts.ts';
import { createIndexes } from '../../model/indexes.ts';
import type { Services } from '../../model/services.ts';
import { noNode, withoutNames } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { keysOf } from './places.ts';
import type { ReferenceOrganisation } from './places.ts';

interface Measured {
  named: NamedOrganisation;
  against: ReferenceOrganisation | null;
  passed: number;
}

/** Reads the organisation to simulate. A sandbox is measured against live. Throws NOT_FOUND, BUSY, WORKSPACE, CANCELLED. */
export async function readMeasured(
  services: Services,
  of: string | undefined,
  signal: AbortSignal,
): Promise<Measured> {
  const pace = { clock: services.source.clock, signal };
  const read = (db: Connection): Promise<NamedOrganisation> =>
    inTurns(readOrganisation({ read: db, ...createIndexes(db) }), pace);
  const own = (): Promise<NamedOrganisation> => inTurns(readOrganisation(services), pace);
  if (of === undefined) return { named: await own(), against: null, passed: 0 };
  const { target } = services.files;
  const home = target.kind === 'sandbox' ? target.id : 'live';
  const open = services.moment === null ? home : null;
  const live = await (open === 'live' ? own() : withLive(services, read));
  if (of === 'live') return { named: live, against: null, passed: 0 };
  const { named, passed } = await withPlay(services, of, async (db, facts) => ({
    named: await (open === of ? own() : read(db)),
    passed: termsPassed(db, facts),
  }));
  return { named, against: againstOf(live, named, { isPlaceKept: passed > 0 }), passed };
}

/**
 * The reference of an organisation: another one, with the members that its teams have there. If terms have passed since, missing members
 * have left open places. Members who are not in `before`, the organisation of a term ago, are newcomers.
 */
export function againstOf(
  base: NamedOrganisation,
  named: NamedOrganisation,
  { isPlaceKept = false, before }: { isPlaceKept?: boolean; before?: NamedOrganisation } = {},
): ReferenceOrganisation {
  const teams = new Map<string, { members: number; weight: number }>();
  for (const [row, team] of base.memberOf.entries()) {
    const id = base.nodes[team]?.id;
    if (team === noNode || id === undefined) continue;
    const { members, weight } = teams.get(id) ?? { members: 0, weight: 0 };
    teams.set(id, { members: members + 1, weight: weight + (base.memberWeights[row] as number) });
  }
  return {
    organisation: withoutNames(base),
    keys: keysOf(base),
    members: Uint32Array.from(named.nodes, ({ id }) => teams.get(id)?.members ?? 0),
    weights: Float64Array.from(named.nodes, ({ id }) => teams.get(id)?.weight ?? 0),
    isPlaceKept,
    newcomers: before ? newcomersSince(before, named) : null,
  };
}

/** 1 for each member who was not there before. */
function newcomersSince(before: NamedOrganisation, { nodes, students }: NamedOrganisation): Uint8Array {
  const known = new Set(Array.from(before.students, (student) => before.nodes[student]?.id));
  const newcomers = new Uint8Array(nodes.length);
  for (const student of students) newcomers[student] = Number(!known.has(nodes[student]?.id));
  return newcomers;
}

const advances = `SELECT op_id, params FROM audit_transactions
  WHERE id > ? AND label = 'students.advanced' AND undoes IS NULL AND redoes IS NULL`;

/** Terms that passed for all universities; those of a single university do not count. */
function termsPassed(db: Connection, { own_after }: SandboxFacts): number {
  return db
    .all<{ op_id: string; params: string }>(advances, [own_after])
    .filter(({ op_id }) => !isUndone(db, op_id))
    .map(({ params }) => JSON.parse(params) as { terms?: number; university?: string })
    .reduce((sum, { terms = 0, university }) => sum + (university === undefined ? terms : 0), 0);
}
