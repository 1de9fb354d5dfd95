import { ORPCError } from '@orpc/server';
import type { EntityType } from '#shared/domain/types.ts';
import type { Client } from '#test/support/workspace.ts';

/** A change that core has said is durable. */
export interface Acknowledged {
  op_id: string;
  what: string;
  id: string | null;
}

/** What a random change may be refused with: somebody else has written in between. */
const expected = new Set(['NOT_FOUND', 'ALREADY', 'NOTHING_TO_UNDO', 'UNDO_CONFLICT', 'INVALID']);

/** Makes one random change. Returns null when it was refused, as it may be, or changed nothing. */
export async function writeSomething(client: Client, next: () => number): Promise<Acknowledged | null> {
  try {
    return await attempt(client, next);
  } catch (error) {
    if (error instanceof ORPCError && expected.has(String(error.code))) return null;
    throw error;
  }
}

async function attempt(client: Client, next: () => number): Promise<Acknowledged | null> {
  const kind = next() % 20;
  const said = (op_id: string | null, what: string, id: string | null): Acknowledged | null =>
    op_id === null ? null : { op_id, what, id };
  if (kind < 9) {
    const { record, op_id } = await client.entities.create({ type: 'team', data: team(next) });
    return said(op_id, 'create', record.id);
  }
  if (kind === 9) return said((await client.history.undo({ on_conflict: 'overwrite' })).op_id, 'undo', null);
  if (kind === 10) return said((await client.history.redo({})).op_id, 'redo', null);
  const [first, second] = [await someId(client, next, 'team'), await someId(client, next, 'team')];
  if (!first || !second) return null;
  if (kind < 14) {
    const { record, op_id } = await client.entities.update({ type: 'team', id: first, data: team(next) });
    return said(op_id, 'update', record.id);
  }
  if (kind < 17) {
    const { record, op_id } = await client.entities.create({
      type: 'interface',
      data: { from: first, to: second },
    });
    return said(op_id, 'join', record.id);
  }
  if (kind < 19)
    return said((await client.entities.remove({ type: 'team', id: first })).op_id, 'remove', first);
  const gone = await someId(client, next, 'team', 'only');
  return gone
    ? said((await client.entities.restore({ type: 'team', id: gone })).op_id, 'restore', gone)
    : null;
}

const team = (next: () => number) => ({
  name: `Team ${next() % 1000}`,
  size: 1 + (next() % 30),
  description: 'x'.repeat(next() % 3000),
});

async function someId(
  client: Client,
  next: () => number,
  type: EntityType,
  deleted: 'without' | 'only' = 'without',
): Promise<string | undefined> {
  const { total } = await client.entities.list({ type, deleted, limit: 0 });
  if (total === 0) return undefined;
  const { rows } = await client.entities.list({ type, deleted, offset: next() % total, limit: 1 });
  return rows[0]?.id;
}
