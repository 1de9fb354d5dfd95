import { badBackup } from '../versions/manifest.ts';
import { problemOf } from '#shared/contract/faults.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldingVersion, Person } from '#shared/contract/people.ts';
import { isFault } from '#shared/contract/faults.ts';
import { removalDays } from '#shared/domain/retention.ts';
import type { UsableBackup } from '#shared/domain/retention.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { createReadFolder, withVersionsLock } from '../kernel/folder-lock.ts';
import { checkCancelled, runYielding } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { unpackVersion } from '../versions/file.ts';
import { goldenFile } from '../versions/golden-file.ts';
import { readGolden, versionsIn } from '../versions/golden-store.ts';
import {
  backupFile,
  backupIds,
  companionNamesOf,
  backupFileNames,
  readBackup,
  readCompanion,
  readCheckResult,
} from '../versions/list.ts';
import type { VersionManifest } from '../versions/manifest.ts';
import { checkRoom } from '../versions/unpack-version.ts';
import { readRetention } from '../versions/prune.ts';
import { findInFile } from './find-in-file.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';

interface SearchContext extends JobPace {
  services: Services;
  person: Person;
  pattern: NamePattern;
  /** The folder in which versions are unpacked, one at a time. */
  folder: string;
}

interface VersionFile {
  file: string;
  manifest: VersionManifest;
}

/** Backups, then golden versions, each newest first, that hold something about a person. Unreadable ones are listed with their problem. */
export async function findVersions(
  services: Services,
  person: Person,
  pattern: NamePattern,
  pace: JobPace,
): Promise<HoldingVersion[]> {
  const { files } = services;
  const [backups, golden] = [await backupIds(files.backups), await versionsIn(files)];
  if (backups.length + golden.length === 0) return [];
  const lockedFolder = backups.length > 0 ? files.backups : files.golden;
  return withVersionsLock(lockedFolder, 'shared', { signal: pace.signal }, async () => {
    const folder = await createReadFolder(lockedFolder, 'verify');
    const context = { services, person, pattern, folder, ...pace };
    const reportStep = (done: number): void =>
      pace.onProgress({ kind: 'progress', step: 'reading', done, total: backups.length + golden.length });
    try {
      const versions: HoldingVersion[] = [];
      const backupDates = await readBackupDates(services, backups);
      for (const [index, id] of backups.entries()) {
        reportStep(index);
        const entry = {
          kind: 'backup',
          id,
          made: backupDates.madeById.get(id) ?? null,
          removed: backupDates.removalById.get(id) ?? null,
        } as const;
        versions.push(await searchVersion(entry, context, () => filesOfBackup(files.backups, id)));
      }
      for (const [index, version] of golden.entries()) {
        reportStep(backups.length + index);
        const entry = { kind: 'golden', id: String(version), made: null, removed: null } as const;
        versions.push(
          await searchVersion(entry, context, async () => [
            { file: goldenFile(files, version), manifest: await readGolden(files, version) },
          ]),
        );
      }
      return versions.filter(({ rows, mentions, problem }) => rows + mentions > 0 || problem !== null);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** When each readable backup was made, and when retention removes it; null for never. */
async function readBackupDates(
  { files, read, source }: Services,
  ids: readonly string[],
): Promise<{ madeById: Map<string, string>; removalById: Map<string, string | null> }> {
  const backups: UsableBackup[] = [];
  for (const id of ids) {
    try {
      const { made, workspace, damaged_documents = 0 } = await readBackup(files.backups, id);
      const verified = (await readCheckResult(files.backups, id))?.ok ?? null;
      backups.push({ id, made, workspace, verified, lacksDocuments: damaged_documents > 0 });
    } catch (error) {
      if (!isFault(error)) throw error;
    }
  }
  const madeById = new Map(backups.map((one) => [one.id, one.made]));
  return { madeById, removalById: removalDays(backups, readRetention(read), source.clock.now()) };
}

async function filesOfBackup(backups: string, id: string): Promise<VersionFile[]> {
  const versionFiles: VersionFile[] = [
    { file: backupFile(backups, id), manifest: withoutId(await readBackup(backups, id)) },
  ];
  for (const name of companionNamesOf(await backupFileNames(backups), id))
    versionFiles.push({
      file: backupFile(backups, id, name),
      manifest: await readCompanion(backups, id, name),
    });
  return versionFiles;
}

/** The manifest as it is in the file, without the id, to compare it with the unpacked one. */
function withoutId(manifest: VersionManifest & { id?: string }): VersionManifest {
  const { id: _id, ...fileManifest } = manifest;
  return fileManifest;
}

async function searchVersion(
  entry: Pick<HoldingVersion, 'kind' | 'id' | 'made' | 'removed'>,
  context: SearchContext,
  readFiles: () => Promise<VersionFile[]>,
): Promise<HoldingVersion> {
  const result = { ...entry, rows: 0, mentions: 0, problem: null };
  try {
    for (const versionFile of await readFiles()) {
      const { rows, mentions } = await searchFile(versionFile, entry.id, context);
      result.rows += rows;
      result.mentions += mentions;
      result.made ??= versionFile.manifest.made;
    }
    return result;
  } catch (error) {
    if (!isFault(error) || error.code === 'CANCELLED') throw error;
    return { ...result, problem: problemOf(error) };
  }
}

async function searchFile(
  { file, manifest }: VersionFile,
  id: string,
  { services, person, pattern, folder, ...pace }: SearchContext,
): Promise<{ rows: number; mentions: number }> {
  const unpackedFile = join(folder, 'unpacked');
  await checkRoom({ kind: 'backup', id }, folder, manifest.bytes);
  try {
    const { problem: damage } = await unpackVersion({ file, target: unpackedFile, manifest }, () =>
      checkCancelled(pace.signal),
    );
    if (damage !== null) throw badBackup('damaged', id, { why: damage });
    using db = openConnection(unpackedFile, { mode: 'read', log: services.log, slowMs: 60_000 });
    const { rows, mentions, labels, copies } = await runYielding(findInFile(db, person, pattern), pace);
    const inManifest = pattern.canMatchJson(JSON.stringify(manifest)) ? 1 : 0;
    return { rows, mentions: mentions.length + labels + copies + inManifest };
  } finally {
    await rm(unpackedFile, { force: true });
  }
}
