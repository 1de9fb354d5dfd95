import { withLive, withPlay } from '../../compare/sides.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { inTurns } from '../../kernel/progress.ts';
import { isUndone } from '../../log/audit/undone.ts';
import type { SandboxFacts } from '../../log/sandbox-facts.ts';
import { createIndexes } from '../../model/indexes.ts';
import type { Services } from '../../model/services.ts';
import { memberCounts, withoutNames } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import type { ReferenceOrganisation } from './scenario.ts';

interface Measured {
  named: NamedOrganisation;
  /** Null where it is measured against itself. */
  against: ReferenceOrganisation | null;
  /** Terms that have passed in it since it was taken. */
  passed: number;
}

/** Reads what is simulated: what is open, live, or a sandbox, which is measured against live. Throws NOT_FOUND, BUSY, WORKSPACE, CANCELLED. */
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
  return { named, against: againstOf(live, named), passed };
}

/** What an organisation is measured against: another one, and the members that its teams have there. */
export function againstOf(base: NamedOrganisation, named: NamedOrganisation): ReferenceOrganisation {
  const found = memberCounts(base);
  const members = new Map(base.nodes.map(({ id }, at) => [id, found[at] as number]));
  const began = Uint32Array.from(named.nodes, ({ id }) => members.get(id) ?? 0);
  return { organisation: withoutNames(base), members: began };
}

const advances = `SELECT op_id, params FROM audit_transactions
  WHERE id > ? AND label = 'students.advanced' AND undoes IS NULL AND redoes IS NULL`;

/** Terms that passed for everybody; those of one university alone count for nobody else. */
function termsPassed(db: Connection, { own_after }: SandboxFacts): number {
  return db
    .all<{ op_id: string; params: string }>(advances, [own_after])
    .filter(({ op_id }) => !isUndone(db, op_id))
    .map(({ params }) => JSON.parse(params) as { terms?: number; university?: string })
    .reduce((sum, { terms = 0, university }) => sum + (university === undefined ? terms : 0), 0);
}
