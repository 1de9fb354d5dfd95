import { fold } from '#shared/domain/fold.ts';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestoredSandboxes } from '#shared/contract/backups.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { readHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { reserveTemporaryCopy } from '../kernel/db/temporary-copy.ts';
import type { TemporaryCopy } from '../kernel/db/temporary-copy.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { permitChanges, permitGolden } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { placeOf, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import { build, StandsAlready } from '../sandboxes/fork.ts';
import { readFactsOrNull, readSandboxFile } from '../log/sandbox-look.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { noteAct } from '../model/workspace-settings.ts';
import { declared, onlyOnLive } from '../versions/declared.ts';
import { copyVersion } from '../versions/file.ts';
import { findBySum, goldenFile, nameGolden, nextVersion, settleGolden } from '../versions/golden-store.ts';
import { backupFile, companionOf, readBackup, readCompanion } from '../versions/list.ts';
import type { Companion } from '../versions/list.ts';
import { withVersions, createWorkFolder } from '../kernel/folder-lock.ts';
import { badBackup } from '../versions/manifest.ts';
import type { BackupManifest, VersionManifest } from '../versions/manifest.ts';
import { checkRoom, unpackBackup } from '../versions/open.ts';
import type { ReadingBackup } from '../versions/open.ts';

interface Bringing {
  call: CallContext;
  reading: ReadingBackup;
  backup: BackupManifest;
  name: string;
  manifest: VersionManifest;
}

type Unpacked =
  | { kind: 'sandbox'; bringing: Bringing; id: string; base: Base; copy: TemporaryCopy }
  | { kind: 'golden'; bringing: Bringing; version: number; copy: TemporaryCopy };

type Step = { unpacked: Unpacked } | { done: RestoredSandboxes };

const resultOf = (
  name: string,
  companion: Companion['kind'],
  title: string,
  id: string | null,
  outcome: RestoredSandboxes['outcome'],
): RestoredSandboxes => ({ name, kind: companion, id, title, outcome });

/**
 * Brings back what was backed up with a backup: a sandbox as one of its own, a golden version as a version, which the audit says. All of it is
 * unpacked and checked as a whole before any of it gets its name. Nothing that is here is replaced: what has the id or number of
 * something else gets another. Throws BACKUP, also for what it does not hold, FORBIDDEN, WORKSPACE, GOLDEN, BUSY, CANCELLED. Nobody can cancel giving
 * names; where one of them fails, what got its own before stays, and the message says so.
 */
export async function bringBack(
  call: CallContext,
  { id, contents }: { id: string; contents: readonly string[] },
  { tell, signal }: JobPace,
): Promise<RestoredSandboxes[]> {
  const { services, session } = call;
  const { files, read, source, log } = services;
  onlyOnLive(files, 'backup');
  const actor = actorOf(actingProfile(read, session));
  permitChanges(actor, { type: 'backup', id });
  const reading = { files, id, clock: source.clock, log, tell, signal };
  const steps: Step[] = [];
  try {
    await withVersions(files.backups, 'together', { signal }, async () => {
      const backup = await readBackup(files.backups, id);
      const names = [...new Set(contents)];
      if (names.some((name) => companionOf(name)?.kind === 'golden')) permitGolden(actor);
      for (const name of names) {
        const manifest = await readCompanion(files.backups, id, name);
        await checkRoom(id, files.folder, manifest.bytes, undefined);
        steps.push(await unpack({ call, reading, backup, name, manifest }));
      }
      checkCancelled(signal);
      await finish(steps, 'sandbox');
    });
    // Not while the backups are held: an import holds the records and then waits for them.
    await finish(steps, 'golden');
    return steps.flatMap((step) => ('done' in step ? step.done : []));
  } catch (error) {
    throw withDone(declared(error), steps, log);
  } finally {
    for (const step of steps) if ('unpacked' in step) step.unpacked.copy.drop();
  }
}

function unpack(bringing: Bringing): Promise<Step> {
  const companion = companionOf(bringing.name) as Companion;
  return companion.kind === 'sandbox'
    ? unpackSandbox(bringing, companion.id)
    : unpackGoldenCopy(bringing, companion.version);
}

async function finish(steps: Step[], kind: Unpacked['kind']): Promise<void> {
  for (const [at, step] of steps.entries()) {
    if (!('unpacked' in step) || step.unpacked.kind !== kind) continue;
    const { unpacked } = step;
    try {
      steps[at] = {
        done: unpacked.kind === 'sandbox' ? await keepSandbox(unpacked) : await keepGolden(unpacked),
      };
    } finally {
      unpacked.copy.drop();
    }
  }
}

function withDone(error: unknown, steps: readonly Step[], log: Log): unknown {
  const back = steps.flatMap((step) =>
    'done' in step && step.done.outcome !== 'there' ? `${step.done.kind} "${step.done.title}"` : [],
  );
  if (back.length === 0) return error;
  log.error({ error: String(error), back }, 'bringing back ended before all was there');
  if (!isFault(error)) return error;
  const message = `${error.message.replace(/ Nothing was changed\.$/, '')} What was brought back before that stays: ${back.join(', ')}.`;
  return new Fault(error.code, message, error.data);
}

async function unpackSandbox(bringing: Bringing, id: string): Promise<Step> {
  const { name, manifest, reading } = bringing;
  const here = sandboxHere(reading.files, id, manifest.head.hash);
  if (here?.same) return { done: resultOf(name, 'sandbox', here.name, id, 'there') };
  const copy = reserveTemporaryCopy(reading.files.folder, randomUUID());
  try {
    return {
      unpacked: { kind: 'sandbox', bringing, id, base: await readSandbox(bringing, id, copy.data), copy },
    };
  } catch (error) {
    copy.drop();
    throw error;
  }
}

/** Writes the sandbox to `image` and says where it was taken. */
async function readSandbox(
  { backup, name, manifest, reading }: Bringing,
  id: string,
  image: string,
): Promise<Base> {
  await unpackBackup(backup, image, reading, { name, manifest });
  const db = openConnection(image, { mode: 'read', log: reading.log });
  try {
    const facts = readSandboxFacts(db);
    if (facts?.id === id) return facts.base;
  } finally {
    db.close();
  }
  throw badBackup('damaged', backup.id, `What backup ${backup.id} calls "${name}" is another sandbox.`);
}

/**
 * Makes what was unpacked a sandbox under its id, or where something else has that by now, under another. Where somebody else brings it
 * back meanwhile, that is looked at as what is there. The caller holds the backups. Throws BACKUP, INVALID, WORKSPACE, BUSY.
 */
async function keepSandbox(unpacked: Extract<Unpacked, { kind: 'sandbox' }>): Promise<RestoredSandboxes> {
  for (;;)
    try {
      return await keepSandboxOnce(unpacked);
    } catch (error) {
      if (!(error instanceof StandsAlready)) throw error;
    }
}

async function keepSandboxOnce({
  bringing,
  id,
  base,
  copy,
}: Extract<Unpacked, { kind: 'sandbox' }>): Promise<RestoredSandboxes> {
  const { call, name, manifest, backup, reading } = bringing;
  const { files, tell, log, clock } = reading;
  const { ids, salt } = call.services.source;
  const here = sandboxHere(files, id, manifest.head.hash);
  if (here?.same) return resultOf(name, 'sandbox', here.name, id, 'there');
  const as = here ? `sbx_${ids.uuid()}` : id;
  const title = freeName(files, manifest.sandbox?.name ?? '');
  const how = {
    files,
    name: title,
    by: actingProfile(call.services.read, call.session).id,
    clock,
    ids,
    salt,
    log,
    tell,
  };
  await build({ ...how, as, from: `backup:${backup.id}` }, async (image) => {
    // Whoever came first has cost this one its copy.
    if (!existsSync(copy.data)) return readSandbox(bringing, id, image);
    await rename(copy.data, image);
    return base;
  });
  return resultOf(name, 'sandbox', title, as, as === id ? 'back' : 'renamed');
}

/** The sandbox that has that id here, and whether it is as far as that; one in the trash or that cannot be read is another. */
function sandboxHere(
  files: WorkspaceFiles,
  id: string,
  hash: string,
): { same: boolean; name: string } | null {
  if (sandboxIds(files, 'trash').ids.includes(id)) return { same: false, name: '' };
  if (!sandboxIds(files, 'sandboxes').ids.includes(id)) return null;
  const place = placeOf(files, 'sandboxes', id);
  const facts = readFactsOrNull(place, id);
  const same = facts !== null && readSandboxFile(place, id, (db) => isAsFarAs(db, hash));
  return { same, name: facts?.name ?? '' };
}

const ownNewest = `SELECT hash FROM audit_transactions WHERE label <> 'sandbox.adopted' ORDER BY id DESC LIMIT 1`;

const isAsFarAs = (db: ReadHandle, hash: string): boolean =>
  readHead(db).hash === hash || db.column<string>(ownNewest)[0] === hash;

function freeName(files: WorkspaceFiles, wanted: string): string {
  const taken = new Set(
    sandboxIds(files, 'sandboxes').ids.map((id) =>
      fold(readFactsOrNull(placeOf(files, 'sandboxes', id), id)?.name ?? ''),
    ),
  );
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} (${number})`;
    if (!taken.has(fold(name))) return name;
  }
}

/** Copies the file of a golden version out of a backup, once it was unpacked and checked as a whole, unless it is here. */
async function unpackGoldenCopy(bringing: Bringing, version: number): Promise<Step> {
  const { name, manifest, backup, reading } = bringing;
  const { files, signal } = reading;
  const known = await withVersions(files.golden, 'alone', { signal }, () =>
    findBySum(files, manifest.sha256),
  );
  if (known !== null) return { done: resultOf(name, 'golden', String(known), null, 'there') };
  const copy = reserveTemporaryCopy(files.folder, randomUUID());
  try {
    await unpackBackup(backup, copy.data, reading, { name, manifest });
    await rm(copy.data);
    // It is a version file again: what was unpacked has proved it.
    await copyVersion(backupFile(files.backups, backup.id, name), copy.data);
    return { unpacked: { kind: 'golden', bringing, version, copy } };
  } catch (error) {
    copy.drop();
    throw error;
  }
}

/**
 * Makes it a golden version of its number, or of the next where that is another's by now, once the audit says so. Nothing
 * is left of it where that fails. Throws FORBIDDEN, GOLDEN, BUSY and what writing throws.
 */
async function keepGolden({
  bringing,
  version: number,
  copy,
}: Extract<Unpacked, { kind: 'golden' }>): Promise<RestoredSandboxes> {
  const { call, name, manifest, backup } = bringing;
  const { files, log, read } = call.services;
  return withVersions(files.golden, 'alone', {}, async () => {
    // One whose publishing was broken off has its number already.
    await settleGolden({ files, log }, read);
    const known = await findBySum(files, manifest.sha256);
    if (known !== null) return resultOf(name, 'golden', String(known), null, 'there');
    const free = !existsSync(goldenFile(files, number));
    const version = free ? number : await nextVersion(files);
    const building = await createWorkFolder(files.golden, 'building');
    try {
      const file = join(building, 'version');
      await rename(copy.data, file);
      const what = { version, backup: backup.id };
      await nameGolden(call, file, version, (write) => {
        noteAct(write, 'golden.brought', what);
        write.audit.label('golden.brought', what);
      });
      log.info(what, 'golden version brought back');
    } finally {
      await rm(building, { recursive: true, force: true });
    }
    return resultOf(name, 'golden', String(version), null, free ? 'back' : 'renamed');
  });
}
