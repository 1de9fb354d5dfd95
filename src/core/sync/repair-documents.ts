import { isFault, problemOf } from '#shared/contract/faults.ts';
import type { DamagedDocument } from '#shared/contract/documents.ts';
import type { ResultOf } from '#shared/contract/base.ts';
import type { repair } from '#shared/contract/documents.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { extractMissing } from '../documents/missing-texts.ts';
import { fileOf } from '../documents/report.ts';
import { sweepContents } from '../documents/sweep.ts';
import { isFolderUsable } from '../kernel/backups-folder.ts';
import { stateOfContent } from '../kernel/files/contents.ts';
import { withVersionsLock } from '../kernel/folder-lock.ts';
import { checkCancelled, runYielding } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { documentNames, verifyDocuments } from '../log/audit/verify-documents.ts';
import { readRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { searchIndex } from '../search/search-index.ts';
import { takeContents } from '../versions/file.ts';
import { backupFile, backupIds } from '../versions/list.ts';
import { BadVersion } from '../versions/manifest.ts';
import { downloadContent } from './fetch-file.ts';
import type { SyncService } from './service.ts';
import { readState } from './state.ts';

type RepairResult = ResultOf<typeof repair>;

/** The operation `documents.repair`. */
export async function repairDocuments(
  service: SyncService,
  services: Services,
  { id }: { id?: string | undefined },
  pace: JobPace,
): Promise<RepairResult> {
  const found = id === undefined ? await allDamaged(services, pace) : await damagedFile(services, id, pace);
  const sources = new Map<string, string>();
  const requested = new Set(found.map(({ sha256 }) => sha256));
  if (requested.size > 0) await takeFromBackups(services, requested, sources, pace);
  const problem =
    requested.size > 0 ? await takeFromServer(service, services, requested, sources, pace) : null;
  if (sources.size > 0) {
    const extracted = await extractMissing(services, pace.signal);
    await runYielding(searchIndex(services).reindex(extracted), pace);
    services.log.info({ repaired: [...sources] }, 'files of documents were repaired');
  }
  return {
    repaired: found.flatMap((document) => {
      const from = sources.get(document.sha256);
      return from === undefined ? [] : [{ ...document, from }];
    }),
    damaged: found.filter(({ sha256 }) => requested.has(sha256)),
    problem,
  };
}

async function allDamaged(services: Services, pace: JobPace): Promise<DamagedDocument[]> {
  const readNames = () => documentNames(services.read);
  const { damaged } = await verifyDocuments(services, readNames, pace);
  if (damaged.every(({ id }) => id !== '')) return damaged;
  // A wrong file that neither live nor a sandbox names is of no use to anybody.
  await sweepContents(services);
  return (await verifyDocuments(services, readNames, pace)).damaged;
}

async function damagedFile(
  { files, read }: Services,
  id: string,
  { signal }: JobPace,
): Promise<DamagedDocument[]> {
  const { title: name, payload } = readRecord(read, 'document', id);
  const file = fileOf(payload);
  const state = file ? await stateOfContent(files, file.sha256, { signal }) : 'intact';
  return file && state !== 'intact' ? [{ id, name, sha256: file.sha256, state }] : [];
}

/** Removes from `requested` what a backup has, newest first, and notes the backup. A damaged backup is logged and skipped. */
async function takeFromBackups(
  { files, log }: Services,
  requested: Set<string>,
  sources: Map<string, string>,
  { signal, onProgress }: JobPace,
): Promise<void> {
  const { backups } = files;
  if (!isFolderUsable(backups)) return;
  await withVersionsLock(backups, 'shared', { signal }, async () => {
    for (const backup of await backupIds(backups)) {
      if (requested.size === 0) return;
      try {
        await takeContents(backupFile(backups, backup), { documents: files.documents, requested }, (done) => {
          checkCancelled(signal);
          onProgress({ kind: 'progress', step: 'reading', done, total: null });
        });
      } catch (error) {
        if (!(error instanceof BadVersion)) throw error;
        log.warn({ backup, error: error.message }, 'files of documents could not be read from a backup');
      }
      for (const sha256 of requested) {
        if ((await stateOfContent(files, sha256, { signal })) !== 'intact') continue;
        requested.delete(sha256);
        sources.set(sha256, backup);
      }
    }
  });
}

/** As `takeFromBackups` from the server. Returns why the server could not be asked; null if it was, or if there is none. */
async function takeFromServer(
  service: SyncService,
  { files, read }: Services,
  requested: Set<string>,
  sources: Map<string, string>,
  pace: JobPace,
): Promise<Sentence | null> {
  if (files.target.kind !== 'live' || !readState(read)) return null;
  for (const sha256 of requested) {
    try {
      await downloadContent(service, files, sha256, pace);
      requested.delete(sha256);
      sources.set(sha256, 'server');
    } catch (error) {
      if (!isFault(error) || error.code !== 'SYNC') throw error;
      if ((error.data as { reason: string }).reason !== 'no_file') return problemOf(error);
    }
  }
  return null;
}
