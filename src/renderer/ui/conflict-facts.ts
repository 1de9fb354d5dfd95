import type { UndoConflict } from '#shared/contract/faults.ts';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../api/client.ts';
import { diffOf } from '../text/diff.ts';
import type { FieldChange } from '../text/diff.ts';

/** Changes of a transaction, and earlier changes of a record, that are looked through. */
const most = 200;
/** Records that are looked up; a dialog lists no more in a helpful way. */
const mostRecords = 20;

/** Who changed what is in the way, when, and how. */
export interface Since {
  opId: string;
  actor: AuditTransaction['actor'];
  at: string;
  field: FieldChange | undefined;
}

export interface ConflictFacts {
  /** By the conflict's `keyOf`. */
  since: ReadonlyMap<string, Since>;
  /** False when leaving all that is in the way leaves nothing to take back. */
  rest: boolean;
}

/** What tells one conflict from another. */
export function keyOf({ id, field }: Pick<UndoConflict, 'id' | 'field'>): string {
  return `${id}/${field ?? ''}`;
}

/** Looks up in the history what stands behind conflicts with the change of that op id. */
export async function factsOf(opId: string, conflicts: readonly UndoConflict[]): Promise<ConflictFacts> {
  const ids = [...new Set(conflicts.map(({ id }) => id))].slice(0, mostRecords);
  const [rest, ...histories] = await Promise.all([
    leavesRest(opId, conflicts),
    // What uses a record is mostly a link of it.
    ...ids.map(async (id) => (await api.history.ofRecord({ id, with_links: true, limit: most })).rows),
  ]);
  const since = new Map<string, Since>();
  const after = histories.map((rows) => standing(rows, opId));
  for (const conflict of conflicts) {
    for (const { transaction, change, link } of after[ids.indexOf(conflict.id)] ?? []) {
      const field = diffOf(change).find(({ key }) => key === conflict.field);
      if ((link !== null) !== (conflict.reason === 'in_use')) continue;
      if (conflict.field !== null && !field) continue;
      const { op_id, actor, created_at } = transaction;
      since.set(keyOf(conflict), { opId: op_id, actor, at: created_at, field });
      break;
    }
  }
  return { since, rest };
}

/** What was done after a change and stands: neither what is undone again, nor the undo and redo of it. All that came after where that is nothing. */
function standing<Row extends { transaction: AuditTransaction }>(
  rows: readonly Row[],
  opId: string,
): readonly Row[] {
  const end = rows.findIndex(({ transaction }) => transaction.op_id === opId);
  const after = end < 0 ? rows : rows.slice(0, end);
  const made = new Set(after.map(({ transaction }) => transaction.op_id));
  const found = after.filter(
    ({ transaction: { undone, undoes, redoes } }) => !undone && !made.has(undoes ?? redoes ?? ''),
  );
  return found.length > 0 ? found : after;
}

async function leavesRest(opId: string, conflicts: readonly UndoConflict[]): Promise<boolean> {
  const [transaction] = (await api.history.list({ op_id: opId, limit: 1 })).rows;
  if (!transaction || transaction.changes > most) return true;
  const { rows } = await api.history.changes({ id: transaction.id, limit: most });
  const inTheWay = new Set(conflicts.map(keyOf));
  return rows.some((change) => hasRest(change, inTheWay));
}

function hasRest(change: AuditChange, inTheWay: ReadonlySet<string>): boolean {
  const id = change.entity_id;
  if (inTheWay.has(keyOf({ id, field: null }))) return false;
  if (change.action !== 'update') return true;
  return diffOf(change).some(({ key }) => !inTheWay.has(keyOf({ id, field: key })));
}
