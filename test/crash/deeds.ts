import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { Core } from '#core/open.ts';
import type { Client } from '#test/support/workspace.ts';

/** A change that core has said is durable. */
export interface Acknowledged {
  op_id: string;
  what: string;
  /** How many entries it must have in the log, when that is known. */
  changes: number | null;
  /** How many records these are about, where it said so: a place comes back before it is changed. */
  records?: number;
}

/** What a random change may be refused with: somebody else has written in between. */
const expected = new Set(['NOT_FOUND', 'ALREADY', 'NOTHING_TO_UNDO', 'UNDO_CONFLICT', 'INVALID']);

/** Makes one random change. Returns null when it was refused, as it may be, or changed nothing. */
export async function writeSomething(
  core: Core,
  next: () => number,
  imports = true,
): Promise<Acknowledged | null> {
  try {
    const client = core.client(core.session());
    if (imports && next() % 12 === 0) return await bringIn(core, client, next);
    return await attempt(client, next);
  } catch (error) {
    if (error instanceof ORPCError && expected.has(String(error.code))) return null;
    throw error;
  }
}

async function attempt(client: Client, next: () => number): Promise<Acknowledged | null> {
  const kind = next() % 25;
  const said = (op_id: string | null, what: string, changes: number | null): Acknowledged | null =>
    op_id === null ? null : { op_id, what, changes };
  if (kind < 9) {
    const { op_id } = await client.entities.create({ type: 'team', data: team(next) });
    return said(op_id, 'create', 1);
  }
  if (kind === 9) {
    const { op_id, changes } = await client.history.undo({ on_conflict: 'overwrite' });
    return said(op_id, 'undo', changes);
  }
  if (kind === 10) {
    const { op_id, changes } = await client.history.redo({});
    return said(op_id, 'redo', changes);
  }
  const [first, second] = [await someTeam(client, next), await someTeam(client, next)];
  if (!first || !second) return null;
  if (kind < 14) {
    const { op_id } = await client.entities.update({ type: 'team', id: first, data: team(next) });
    return said(op_id, 'update', 1);
  }
  if (kind < 18) {
    const { op_id } = await client.entities.create({ type: 'interface', data: { from: first, to: second } });
    return said(op_id, 'join', 1);
  }
  if (kind < 21) {
    const { op_id } = await client.entities.remove({ type: 'team', id: first });
    return said(op_id, 'remove', 1);
  }
  if (kind === 21) {
    const which = { kind: 'ids' as const, ids: [first, second] };
    for await (const step of await client.entities.setFields({ type: 'team', which, data: team(next) })) {
      if (step.kind === 'result') return said(step.result.op_id, 'edit', step.result.changed);
    }
  }
  if (kind === 22) {
    const places = [first, second].map((id) => ({ id, x: next() % 1000, y: next() % 1000 }));
    const { op_id, changed } = await client.network.savePositions({ places });
    return op_id === null ? null : { op_id, what: 'arrange', changes: null, records: changed };
  }
  if (kind === 23) {
    const { op_id } = await client.views.create({ name: `View ${next()}`, address: 'frames://live/teams' });
    return said(op_id, 'view', 1);
  }
  const gone = await someTeam(client, next, 'only');
  if (!gone) return null;
  const { op_id } = await client.entities.restore({ type: 'team', id: gone });
  return said(op_id, 'restore', 1);
}

const team = (next: () => number) => ({
  name: `Team ${next() % 1000}`,
  size: 1 + (next() % 30),
  description: 'x'.repeat(next() % 3000),
});

/** Imports a file of some teams, each joined to the one before. */
async function bringIn(core: Core, client: Client, next: () => number): Promise<Acknowledged> {
  const key = `${process.pid}-${next()}`;
  const count = 2 + (next() % 300);
  const teams = Array.from({ length: count }, (_, index) => ({
    id: `${key}-${index}`,
    name: `Imported ${index}`,
  }));
  const interfaces = teams
    .slice(1)
    .map(({ id }, index) => ({ id: `${key}-l${index}`, from: `${key}-${index}`, to: id }));
  const path = join(core.services.files.folder, '..', `${key}.json`);
  writeFileSync(path, JSON.stringify({ teams, faculty: [], projects: [], interfaces }));
  const grant = core.grants.issue(path, 'read');
  for await (const step of await client.transfer.importFile({ grant, force: true, backup: false })) {
    if (step.kind === 'result') return { op_id: step.result.op_id, what: 'import', changes: 2 * count - 1 };
  }
  throw new Error('the import ended without a result');
}

async function someTeam(
  client: Client,
  next: () => number,
  deleted: 'without' | 'only' = 'without',
): Promise<string | undefined> {
  const { total } = await client.entities.list({ type: 'team', deleted, limit: 0 });
  if (total === 0) return undefined;
  const { rows } = await client.entities.list({ type: 'team', deleted, offset: next() % total, limit: 1 });
  return rows[0]?.id;
}
