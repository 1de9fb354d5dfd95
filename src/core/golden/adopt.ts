import type { JsonObject } from '#shared/domain/json.ts';
import type { RetentionPolicy } from '#shared/domain/retention.ts';
import { readRetention, setRetention } from '../backup/retention.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { profilesOf } from '../log/session.ts';
import { readFacts, writeFact } from '../log/workspace-facts.ts';
import { nameOfWorkspace, renameWorkspace } from '../workspace/rename.ts';

/** What stays as it is when live is reset: which workspace it is, what it is called, which backups stay, and who may act. */
export interface Staying {
  workspace: string;
  name: string;
  retention: RetentionPolicy;
  /** Those who may act, the oldest first. */
  profiles: readonly { id: string; payload: JsonObject }[];
}

export function readStaying(live: ReadHandle): Staying {
  const profiles = profilesOf(live).flatMap(({ id }) => {
    const found = locateIn(live, 'profile', id);
    return found ? [{ id, payload: found.payload }] : [];
  });
  return {
    workspace: readFacts(live).id,
    name: nameOfWorkspace(live),
    retention: readRetention(live),
    profiles,
  };
}

/** Brings what stays into a copy that is to take live's place. Returns the id of the workspace. */
export function adoptStaying(write: WriteContext, staying: Staying): string {
  const { workspace, name, retention, profiles } = staying;
  writeFact(write.db, 'id', workspace);
  renameWorkspace(write, name);
  setRetention(write, retention);
  for (const { id, payload } of profiles) bring(write, id, withPlace(write, payload));
  const known = new Set(profiles.map(({ id }) => id));
  for (const { id } of profilesOf(write.db)) {
    const record = known.has(id) ? undefined : locateIn(write.db, 'profile', id);
    if (record) write.records.remove(record);
  }
  return workspace;
}

/** A profile of a university that is not there any more is of none. */
function withPlace({ db }: WriteContext, payload: JsonObject): JsonObject {
  const { university_id } = payload;
  const found = typeof university_id === 'string' ? locateIn(db, 'university', university_id) : null;
  return found === undefined || found?.deleted ? { ...payload, university_id: null } : payload;
}

function bring({ db, records }: WriteContext, id: string, payload: JsonObject): void {
  const record = locateIn(db, 'profile', id);
  if (!record) return records.create({ type: 'profile', id, payload });
  if (record.deleted) records.restore(record);
  const gone = Object.keys(record.payload).filter((field) => !Object.hasOwn(payload, field));
  records.update(record, payload, gone);
}
