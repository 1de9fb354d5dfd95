import type { Fault } from '#shared/contract/faults.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { missingParams } from '../log/audit/missing-tail.ts';
import { keepHead } from '../log/audit/head.ts';
import { asDeclaredFault } from '../versions/declared.ts';
import { createReadFolder, removeStaleLocks, createWorkFolder } from '../kernel/folder-lock.ts';
import { openTarget } from '../versions/target.ts';
import type { Target } from '../versions/target.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { boardOf, joinBoard } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { countRecords } from '../log/records/counts.ts';
import { permitRestore } from '../model/permissions.ts';
import { noteReplaced, profileIn } from '../restore/image.ts';
import { replaceLive } from '../restore/replace.ts';
import type { Replaced, Replacing } from '../restore/replace.ts';
import { settleWhileLocked } from '../kernel/swap/settle.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { isoTime } from '../kernel/system.ts';
import { salvageTo } from './salvage.ts';
import type { Salvaging } from './salvage.ts';

type SalvageOptions = Omit<Salvaging, 'files'> & { folder: string };

export interface Salvaged extends Replaced {
  report: SalvageReport;
}

const act = 'workspace.salvaged';

/** The numbers that the audit records, and the backup it begins with. */
const summary = ({ backup, transactions, until, whole, left, more, unread, missing }: SalvageReport) => ({
  backup: backup?.id ?? null,
  transactions,
  until,
  whole,
  lost: left.length + more,
  unread,
  ...(missing && missingParams(missing)),
});

const spoiled = (why: Sentence): Fault => workspaceFault('damaged', { why: clause('salvaged', { why }) });

/** Reports what salvaging would give, by doing it in a temporary folder. Throws as `salvageTo`; BUSY naming who has the workspace open. */
export async function previewSalvage(
  options: SalvageOptions & Pick<Replacing, 'holder'>,
): Promise<SalvageReport> {
  const { folder, holder, ids, clock } = options;
  const files = workspaceFiles(folder);
  const board = joinBoard(files.holders, holder, ids.uuid().slice(-6), isoTime(clock.now()));
  try {
    const lock = lockExclusive(files.lock, () => board.others()[0] ?? null);
    try {
      return await previewed(options, files);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw asDeclaredFault(error);
  } finally {
    board.leave();
  }
}

async function previewed(options: SalvageOptions, files: WorkspaceFiles): Promise<SalvageReport> {
  const { folder, log } = options;
  await settleWhileLocked(files, log);
  await removeStaleLocks(folder, log);
  const building = await createReadFolder(folder, 'restore');
  try {
    return await salvageTo(join(building, 'image'), { ...options, files });
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/**
 * Replaces a damaged workspace by its readable content, as a restore does: the old file is backed up, or moved aside if damaged. The
 * audit records the losses. Admins only. On an error nothing has changed. Throws as `salvageTo` and `replaceLive`.
 */
export async function salvageInPlace(
  options: SalvageOptions & Pick<Replacing, 'actor' | 'recovery' | 'holder' | 'disk'>,
): Promise<Salvaged> {
  const files = workspaceFiles(options.folder);
  let report: SalvageReport | undefined;
  const of = { backup: null as string | null };
  try {
    const replaced = await replaceLive(
      { ...options, files },
      {
        called: 'salvage',
        reason: 'restore',
        act,
        of,
        permit: permitRestore,
        spoiled,
        bring: async (image) => {
          report = await salvageTo(image, { ...options, files });
          Object.assign(of, summary(report));
          return { counts: countsOf(image, options), missing: report.missing };
        },
      },
    );
    return { ...replaced, report: report as SalvageReport };
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

function countsOf(image: string, { log }: Pick<SalvageOptions, 'log'>): Record<string, number> {
  const db = openConnection(image, { mode: 'read', log });
  try {
    return countRecords(db);
  } finally {
    db.close();
  }
}

/**
 * Salvages into a new or empty folder and leaves the damaged workspace as it is. Every profile of it may do so and keeps its role there.
 * Throws as `salvageTo`; WORKSPACE with reason `not_empty_folder`; BUSY.
 */
export async function salvageInto(
  options: SalvageOptions & { into: string; actor?: string | undefined },
): Promise<SalvageReport> {
  const { folder, into, log } = options;
  const files = workspaceFiles(folder);
  try {
    const lock = lockExclusive(files.lock, () => boardOf(files.holders)[0] ?? null);
    try {
      await settleWhileLocked(files, log);
      const target = openTarget(into);
      try {
        return await fill(target, files, options);
      } catch (error) {
        target.abandon();
        throw error;
      } finally {
        target.release();
      }
    } finally {
      lock.release();
    }
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

async function fill(
  { files, grown }: Target,
  from: WorkspaceFiles,
  options: SalvageOptions & { actor?: string | undefined },
): Promise<SalvageReport> {
  const building = await createWorkFolder(files.folder, 'restore');
  try {
    const image = join(building, 'image');
    const report = await salvageTo(image, { ...options, files: from });
    const by = profileIn(image, options.actor, options.log);
    const { head } = await noteReplaced(image, { ...options, spoiled, by, act, what: summary(report) });
    renameSync(image, files.live);
    keepHead(files.head, head, true);
    for (const one of new Set([files.folder, ...grown])) await syncFolder(one);
    return report;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}
