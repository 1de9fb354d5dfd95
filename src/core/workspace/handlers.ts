import { idPrefix } from '#shared/domain/types.ts';
import { countRecords } from '../log/records/counts.ts';
import { assertCanChange } from '../model/permissions.ts';
import { checkReferences } from '../model/validate.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, query } from '../model/pipeline.ts';
import { findActingProfile, profilesOfLive } from '../log/guest.ts';
import { actingProfile, profileById, profilesOf } from '../log/session.ts';
import { versionOf } from '../kernel/db/migrate.ts';
import { readErasedRows } from '../log/audit/erased-rows.ts';
import { verifyOpen } from '../log/audit/verify.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { clearSample, hasSample } from '../sample/clear.ts';
import { changeProfile } from './change-profile.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import { currentTargetOf } from '#shared/domain/target.ts';
import type { Target } from '#shared/domain/target.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { nameOfWorkspace, nameRecord } from '../log/workspace-name.ts';
import type { WriteContext } from '../log/commands/write-context.ts';

const os = operationBuilder.workspace;

/** The facts of the workspace, and whether it still has sample records. */
function workspaceFacts(db: ReadHandle) {
  const { cleared: _, ...facts } = readFacts(db);
  return { ...facts, name: nameOfWorkspace(db), sample: hasSample(db) };
}

function sandboxOf(db: ReadHandle, target: Target): { id: string; name: string } | null {
  const facts = currentTargetOf(target).kind === 'sandbox' ? readSandboxFacts(db) : null;
  return facts && { id: facts.id, name: facts.name };
}

export const workspaceHandlers = {
  info: os.info.handler(
    query((db, _input, { session, services }) => ({
      ...workspaceFacts(db),
      sandbox: sandboxOf(services.home.read, services.files.target),
      schema_version: versionOf(services.read),
      sqlite: db.get<{ version: string }>('SELECT sqlite_version() AS version')?.version ?? '',
      actor: actingProfile(services.home.read, session),
      counts: countRecords(db),
      deleted: countRecords(db, 'deleted'),
      transactions: db.get<{ n: number }>('SELECT count(*) AS n FROM audit_transactions')?.n ?? 0,
    })),
  ),
  profiles: os.profiles.handler(query(profilesOf)),
  profilesOfLive: os.profilesOfLive.handler(
    query((_db, _input, { services }) => profilesOfLive(services.home)),
  ),
  createProfile: os.createProfile.handler(
    command((write, { name, role, university_id }) => {
      const id = `${idPrefix.profile}_${write.ids.uuid()}`;
      const payload = { name, role, university_id };
      assertCanChange(write.db, write.actor, { type: 'profile', id, before: null, after: payload });
      checkReferences(write.db, 'profile', payload);
      write.records.create({ type: 'profile', id, payload });
      write.audit.label('profile.create', { id, title: name });
      return profileById(write.db, id);
    }),
  ),
  renameProfile: os.renameProfile.handler(
    command((write, { profile, name }) => changeProfile(write, profile, { name })),
  ),
  changeProfile: os.changeProfile.handler(
    command((write, { profile, ...changes }) => changeProfile(write, profile, changes)),
  ),
  rename: os.rename.handler(
    command((write, { name }) => {
      const isChanged = renameWorkspace(write, name);
      return { name, op_id: isChanged ? write.audit.op_id : null };
    }),
  ),
  actAs: os.actAs.handler(
    query((_, { profile }, { session, services }) => {
      const { home } = services;
      const { profile: actor, guest } = findActingProfile(home.read, home.files, profile, home.log);
      Object.assign(session, { profile: actor.id, guest });
      return actor;
    }),
  ),
  clearSample: os.clearSample.handler(({ context, signal }) => clearSample(context, signal)),
  verify: os.verify.handler(
    backgroundJob(({ context: { services } }, pace) => {
      // A point in time before an erasure shows emptied rows without the erasure that names them.
      const erasedRows = services.moment ? readErasedRows(services.home.read) : undefined;
      return verifyOpen({ ...services, erased: erasedRows }, pace);
    }),
  ),
};

/**
 * Renames the workspace, not its folder. The record of the name is created once: undoing the first name deletes it, and the next name
 * restores it. Returns whether anything changed. Throws FORBIDDEN.
 */
function renameWorkspace(write: WriteContext, name: string): boolean {
  const oldName = nameOfWorkspace(write.db);
  const record = nameRecord(write.db);
  const id = record?.id ?? `${idPrefix.workspace}_${write.ids.uuid()}`;
  const before = record && !record.deleted ? record.payload : null;
  assertCanChange(write.db, write.actor, { type: 'workspace', id, before, after: { name } });
  if (name === oldName) return false;
  if (!record) write.records.create({ type: 'workspace', id, payload: { name } });
  else {
    if (record.deleted) write.records.restore(record);
    write.records.update(record, { name });
  }
  write.audit.label('workspace.rename', { title: name, was: oldName });
  return true;
}
