import { issueOf, issueWithCode } from '#shared/texts/issues.ts';
import { foldText } from '#shared/domain/fold.ts';
import type { Checkpoint } from '#shared/contract/moments.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isPointInTimeText } from '#shared/domain/points-in-time.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { assertCanWrite, assertCanEditCheckpoint } from '../model/permissions.ts';
import { invalidFault } from '../model/validate.ts';
import { settingId, writeSetting } from '../model/workspace-settings.ts';

/** A stored checkpoint. `by` is a profile's id. */
interface StoredCheckpoint extends JsonObject {
  name: string;
  at: number;
  hash: string;
  created_at: string;
  made: string;
  by: string;
}

type NamedPoint = Pick<Checkpoint, 'hash' | 'created_at'> & { id: number };

const nameQuery = 'SELECT name FROM profiles WHERE id = ?';
const hashQuery = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** All checkpoints, latest first. */
export function listCheckpoints(db: ReadHandle): Checkpoint[] {
  const row = locateIn(db, 'workspace', settingId('checkpoints'));
  const stored = Object.entries(row && !row.deleted ? row.payload : {}) as [string, StoredCheckpoint][];
  return stored
    .map(([id, { by, ...fields }]) => ({
      id,
      ...fields,
      by: { id: by, name: db.get<{ name: string }>(nameQuery, [by])?.name ?? by },
      lost: db.get<{ hash: string }>(hashQuery, [fields.at])?.hash !== fields.hash,
    }))
    .toSorted((a, b) => b.at - a.at || (a.made < b.made ? 1 : -1));
}

/** Finds a checkpoint by id or name, ignoring case. */
export function findCheckpoint(db: ReadHandle, idOrName: string): Checkpoint | undefined {
  const checkpoints = listCheckpoints(db);
  return (
    checkpoints.find(({ id }) => id === idOrName) ??
    checkpoints.find(({ name }) => foldText(name) === foldText(idOrName))
  );
}

/** Throws INVALID for a name that is taken or reads as a point in time; FORBIDDEN. */
export function createCheckpoint(write: WriteContext, name: string, point: NamedPoint): Checkpoint {
  assertCanWrite(write.actor, { type: 'checkpoint', id: '' });
  checkName(write.db, name);
  const id = `cp_${write.ids.uuid()}`;
  const { created_at, hash } = point;
  const made = write.audit.time;
  writeSetting(write, 'checkpoints', {
    [id]: { name, at: point.id, hash, created_at, made, by: write.actor.id },
  });
  write.audit.label('checkpoint.create', { id, name, at: point.id });
  return requireCheckpoint(write.db, id);
}

export function renameCheckpoint(write: WriteContext, idOrName: string, name: string): Checkpoint {
  const { id, name: oldName, at, hash, created_at, made, by } = findEditable(write, idOrName);
  if (name === oldName) return requireCheckpoint(write.db, id);
  checkName(write.db, name, id);
  writeSetting(write, 'checkpoints', { [id]: { name, at, hash, created_at, made, by: by.id } });
  write.audit.label('checkpoint.rename', { id, name, from: oldName });
  return requireCheckpoint(write.db, id);
}

export function removeCheckpoint(write: WriteContext, idOrName: string): Checkpoint {
  const checkpoint = findEditable(write, idOrName);
  writeSetting(write, 'checkpoints', {}, [checkpoint.id]);
  write.audit.label('checkpoint.remove', { id: checkpoint.id, name: checkpoint.name });
  return checkpoint;
}

function findEditable(write: WriteContext, idOrName: string): Checkpoint {
  const checkpoint = requireCheckpoint(write.db, idOrName);
  assertCanEditCheckpoint(write.actor, checkpoint.id, checkpoint.by.id);
  return checkpoint;
}

function requireCheckpoint(db: ReadHandle, idOrName: string): Checkpoint {
  const checkpoint = findCheckpoint(db, idOrName);
  if (checkpoint) return checkpoint;
  throw new Fault('NOT_FOUND', { type: 'checkpoint', id: idOrName });
}

function checkName(db: ReadHandle, name: string, renamedId?: string): void {
  if (isPointInTimeText(name)) throw invalidFault([issueWithCode('name', 'name', 'point_name')]);
  const existing = findCheckpoint(db, name);
  if (existing && existing.id !== renamedId) throw invalidFault([issueOf('name', 'taken')]);
}
