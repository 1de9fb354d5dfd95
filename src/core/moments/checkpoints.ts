import { foldText } from '#shared/domain/fold.ts';
import type { Checkpoint } from '#shared/contract/moments.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { readsAsMoment } from '#shared/domain/moments.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { permitChanges, permitCheckpoint } from '../model/permissions.ts';
import { invalidFault } from '../model/validate.ts';
import { upkeepId, writeUpkeep } from '../model/workspace-settings.ts';

/** A stored checkpoint. `by` is a profile's id. */
interface Kept extends JsonObject {
  name: string;
  at: number;
  hash: string;
  created_at: string;
  made: string;
  by: string;
}

type NamedPoint = Pick<Checkpoint, 'hash' | 'created_at'> & { id: number };

const nameOf = 'SELECT name FROM profiles WHERE id = ?';
const hashOf = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** All checkpoints, latest first. */
export function listCheckpoints(db: ReadHandle): Checkpoint[] {
  const row = locateIn(db, 'workspace', upkeepId('checkpoints'));
  const kept = Object.entries(row && !row.deleted ? row.payload : {}) as [string, Kept][];
  return kept
    .map(([id, { by, ...one }]) => ({
      id,
      ...one,
      by: { id: by, name: db.get<{ name: string }>(nameOf, [by])?.name ?? by },
      lost: db.get<{ hash: string }>(hashOf, [one.at])?.hash !== one.hash,
    }))
    .toSorted((a, b) => b.at - a.at || (a.made < b.made ? 1 : -1));
}

/** Finds a checkpoint by id or name, ignoring case. */
export function findCheckpoint(db: ReadHandle, idOrName: string): Checkpoint | undefined {
  const all = listCheckpoints(db);
  return (
    all.find(({ id }) => id === idOrName) ?? all.find(({ name }) => foldText(name) === foldText(idOrName))
  );
}

/** Throws INVALID for a name that is taken or reads as a point in time; FORBIDDEN. */
export function nameMoment(write: WriteContext, name: string, point: NamedPoint): Checkpoint {
  permitChanges(write.actor, { type: 'checkpoint', id: '' });
  checkName(write.db, name);
  const id = `cp_${write.ids.uuid()}`;
  const { created_at, hash } = point;
  const made = write.audit.time;
  writeUpkeep(write, 'checkpoints', {
    [id]: { name, at: point.id, hash, created_at, made, by: write.actor.id },
  });
  write.audit.label('checkpoint.create', { id, name, at: point.id });
  return checkpointOf(write.db, id);
}

export function renameCheckpoint(write: WriteContext, idOrName: string, name: string): Checkpoint {
  const { id, name: from, at, hash, created_at, made, by } = settled(write, idOrName);
  if (name === from) return checkpointOf(write.db, id);
  checkName(write.db, name, id);
  writeUpkeep(write, 'checkpoints', { [id]: { name, at, hash, created_at, made, by: by.id } });
  write.audit.label('checkpoint.rename', { id, name, from });
  return checkpointOf(write.db, id);
}

export function removeCheckpoint(write: WriteContext, idOrName: string): Checkpoint {
  const found = settled(write, idOrName);
  writeUpkeep(write, 'checkpoints', {}, [found.id]);
  write.audit.label('checkpoint.remove', { id: found.id, name: found.name });
  return found;
}

function settled(write: WriteContext, idOrName: string): Checkpoint {
  const found = checkpointOf(write.db, idOrName);
  permitCheckpoint(write.actor, found.id, found.by.id);
  return found;
}

function checkpointOf(db: ReadHandle, idOrName: string): Checkpoint {
  const found = findCheckpoint(db, idOrName);
  if (found) return found;
  throw new Fault('NOT_FOUND', { type: 'checkpoint', id: idOrName });
}

function checkName(db: ReadHandle, name: string, own?: string): void {
  if (readsAsMoment(name)) throw refused('name', 'reads as a moment by itself: choose another');
  const taken = findCheckpoint(db, name);
  if (taken && taken.id !== own) throw refused('taken', `is the name of a checkpoint already`);
}

const refused = (code: string, message: string) => invalidFault([{ path: 'name', code, message }]);
