import type { Fault } from '#shared/contract/faults.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { missingParams } from '../log/audit/missing-tail.ts';
import { writeHeadFile } from '../log/audit/head.ts';
import { namedContents } from '../log/audit/verify-documents.ts';
import { asDeclaredFault } from '../versions/declared-fault.ts';
import { createReadFolder, removeWorkFolders, createWorkFolder } from '../kernel/folder-lock.ts';
import { lockNewFolder } from '../versions/new-folder.ts';
import type { NewFolder } from '../versions/new-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { describeHolders, registerHolder } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { countRecords } from '../log/records/counts.ts';
import { assertCanRestore } from '../model/permissions.ts';
import { recordOrigin, profileIn } from '../restore/record-origin.ts';
import { replaceLive } from '../restore/replace.ts';
import type { ReplaceResult, ReplaceOptions } from '../restore/replace.ts';
import { settleWhileLocked } from '../kernel/swap/settle.ts';
import { copyContent } from '../kernel/files/contents.ts';
import type { ContentFiles } from '../kernel/files/contents.ts';
import { fsyncFolder } from '../kernel/fsync.ts';
import { isoTime } from '../kernel/system.ts';
import { salvageTo } from './salvage.ts';
import type { SalvageContext } from './salvage.ts';

type SalvageOptions = Omit<SalvageContext, 'files'> & { folder: string };

export interface SalvageResult extends ReplaceResult {
  report: SalvageReport;
}

const auditLabel = 'workspace.salvaged';

/** The numbers that the audit records, and the backup that salvaging began with. */
const summaryOf = ({ backup, transactions, until, whole, left, more, unread, missing }: SalvageReport) => ({
  backup: backup?.id ?? null,
  transactions,
  until,
  whole,
  lost: left.length + more,
  unread,
  ...(missing && missingParams(missing)),
});

const damagedFault = (why: Sentence): Fault =>
  workspaceFault('damaged', { why: clause('salvaged', { why }) });

/** Reports the result of salvaging, by salvaging into a temporary folder. Throws like `salvageTo`, and BUSY with the holder. */
export async function previewSalvage(
  options: SalvageOptions & Pick<ReplaceOptions, 'holder'>,
): Promise<SalvageReport> {
  const { folder, holder, ids, clock } = options;
  const files = workspaceFiles(folder);
  const holders = registerHolder(files.holders, holder, ids.uuid().slice(-6), isoTime(clock.now()));
  try {
    using _lock = lockExclusive(files.lock, () => holders.describeOthers()[0] ?? null);
    return await previewLocked(options, files);
  } catch (error) {
    throw asDeclaredFault(error);
  } finally {
    holders.unregister();
  }
}

async function previewLocked(options: SalvageOptions, files: WorkspaceFiles): Promise<SalvageReport> {
  const { folder, log } = options;
  await settleWhileLocked(files, log);
  await removeWorkFolders(folder, log);
  const workFolder = await createReadFolder(folder, 'restore');
  try {
    return await salvageTo(join(workFolder, 'image'), { ...options, files });
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/**
 * Replaces a damaged workspace by its readable content, as a restore does: the old file is backed up, or moved aside if damaged. The
 * audit records the losses. Admins only. On an error nothing has changed. Throws as `salvageTo` and `replaceLive`.
 */
export async function salvageInPlace(
  options: SalvageOptions & Pick<ReplaceOptions, 'actor' | 'recovery' | 'holder' | 'disk'>,
): Promise<SalvageResult> {
  const files = workspaceFiles(options.folder);
  let report: SalvageReport | undefined;
  const labelParams = { backup: null as string | null };
  try {
    const replaced = await replaceLive(
      { ...options, files },
      {
        sourceName: 'salvage',
        reason: 'restore',
        act: auditLabel,
        sourceParams: labelParams,
        permit: assertCanRestore,
        spoiledFault: damagedFault,
        writeReplacement: async (file) => {
          report = await salvageTo(file, { ...options, files });
          Object.assign(labelParams, summaryOf(report));
          return { counts: countsOf(file, options), missing: report.missing };
        },
      },
    );
    return { ...replaced, report: report as SalvageReport };
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

function countsOf(file: string, { log }: Pick<SalvageOptions, 'log'>): Record<string, number> {
  using db = openConnection(file, { mode: 'read', log });
  return countRecords(db);
}

/**
 * Salvages into a new or empty folder and leaves the damaged workspace unchanged. Any of its profiles is allowed to do so, and keeps its
 * role in the new workspace. Throws like `salvageTo`; WORKSPACE with reason `not_empty_folder`; BUSY.
 */
export async function salvageInto(
  options: SalvageOptions & { into: string; actor?: string | undefined },
): Promise<SalvageReport> {
  const { folder, into, log } = options;
  const files = workspaceFiles(folder);
  try {
    using _lock = lockExclusive(files.lock, () => describeHolders(files.holders)[0] ?? null);
    await settleWhileLocked(files, log);
    const target = lockNewFolder(into);
    try {
      return await salvageToTarget(target, files, options);
    } catch (error) {
      target.abandon();
      throw error;
    } finally {
      target.release();
    }
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/** Copies the intact files that documents of the new database name; verifying the new workspace names the others. */
async function copyDocuments(
  database: string,
  source: ContentFiles,
  target: ContentFiles,
  { log, signal }: Pick<SalvageOptions, 'log' | 'signal'>,
): Promise<void> {
  using db = openConnection(database, { mode: 'read', log });
  for (const sha256 of new Set(namedContents(db).map((content) => content.sha256)))
    await copyContent(source, target, sha256, signal);
}

async function salvageToTarget(
  { files, changedFolders }: NewFolder,
  source: WorkspaceFiles,
  options: SalvageOptions & { actor?: string | undefined },
): Promise<SalvageReport> {
  const workFolder = await createWorkFolder(files.folder, 'restore');
  try {
    const newFile = join(workFolder, 'image');
    const report = await salvageTo(newFile, { ...options, files: source });
    const profile = profileIn(newFile, options.actor, options.log);
    const { head } = await recordOrigin(newFile, {
      ...options,
      spoiledFault: damagedFault,
      profile,
      act: auditLabel,
      details: summaryOf(report),
    });
    const documents = join(workFolder, 'documents');
    await copyDocuments(newFile, source, { documents }, options);
    if (existsSync(documents)) renameSync(documents, files.documents);
    renameSync(newFile, files.live);
    writeHeadFile(files.head, head, { fsync: true });
    for (const directory of new Set([files.folder, ...changedFolders])) await fsyncFolder(directory);
    return report;
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}
