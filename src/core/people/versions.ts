import { badBackup } from '../versions/manifest.ts';
import { problemOf } from '#shared/contract/faults.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldingVersion, Person } from '#shared/contract/people.ts';
import { isFault } from '#shared/contract/faults.ts';
import { removalDays } from '#shared/domain/retention.ts';
import type { Retained } from '#shared/domain/retention.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { createReadFolder, withVersions } from '../kernel/folder-lock.ts';
import { checkCancelled, runToEnd, progressStream } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { unpackVersion } from '../versions/file.ts';
import { goldenFile } from '../versions/golden-file.ts';
import { readGolden, versionsIn } from '../versions/golden-store.ts';
import {
  backupFile,
  backupIds,
  companionsAmong,
  namesIn,
  readBackup,
  readCompanion,
  readVerified,
} from '../versions/list.ts';
import type { VersionManifest } from '../versions/manifest.ts';
import { checkRoom } from '../versions/open.ts';
import { readRetention } from '../versions/prune.ts';
import { findInFile } from './find-in-file.ts';
import type { Pace } from './find-in-file.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';

interface Searching extends Pace {
  services: Services;
  person: Person;
  pattern: NamePattern;
  /** The folder for unpacking, one version at a time. */
  folder: string;
}

interface VersionFile {
  file: string;
  manifest: VersionManifest;
}

/** Backups and golden versions that hold something about a person, newest first. An unreadable one has its problem. */
export async function findVersions(
  services: Services,
  person: Person,
  pattern: NamePattern,
  pace: Pace,
): Promise<HoldingVersion[]> {
  const { files } = services;
  const [backups, golden] = [await backupIds(files.backups), await versionsIn(files)];
  if (backups.length + golden.length === 0) return [];
  const place = backups.length > 0 ? files.backups : files.golden;
  return withVersions(place, 'together', { signal: pace.signal }, async () => {
    const folder = await createReadFolder(place, 'verify');
    const searching = { services, person, pattern, folder, ...pace };
    const step = (done: number): void =>
      pace.onProgress({ kind: 'progress', step: 'reading', done, total: backups.length + golden.length });
    try {
      const found: HoldingVersion[] = [];
      const removed = await removalOf(services, backups);
      for (const [at, id] of backups.entries()) {
        step(at);
        const known = {
          kind: 'backup',
          id,
          made: removed.made.get(id) ?? null,
          removed: removed.days.get(id) ?? null,
        } as const;
        found.push(await searchVersion(known, searching, () => filesOfBackup(files.backups, id)));
      }
      for (const [at, version] of golden.entries()) {
        step(backups.length + at);
        const known = { kind: 'golden', id: String(version), made: null, removed: null } as const;
        found.push(
          await searchVersion(known, searching, async () => [
            { file: goldenFile(files, version), manifest: await readGolden(files, version) },
          ]),
        );
      }
      return found.filter(({ rows, mentions, problem }) => rows + mentions > 0 || problem !== null);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** When each backup was made, and when retention removes it. */
async function removalOf(
  { files, read, source }: Services,
  ids: readonly string[],
): Promise<{ made: Map<string, string>; days: Map<string, string | null> }> {
  const known: Retained[] = [];
  for (const id of ids) {
    try {
      const { made, workspace } = await readBackup(files.backups, id);
      known.push({ id, made, workspace, verified: (await readVerified(files.backups, id))?.ok ?? null });
    } catch (error) {
      if (!isFault(error)) throw error;
    }
  }
  const made = new Map(known.map((one) => [one.id, one.made]));
  return { made, days: removalDays(known, readRetention(read), source.clock.now()) };
}

async function filesOfBackup(backups: string, id: string): Promise<VersionFile[]> {
  const found: VersionFile[] = [
    { file: backupFile(backups, id), manifest: withoutId(await readBackup(backups, id)) },
  ];
  for (const name of companionsAmong(await namesIn(backups), id))
    found.push({ file: backupFile(backups, id, name), manifest: await readCompanion(backups, id, name) });
  return found;
}

/** The manifest as in the file, for the comparison with the unpacked one. */
function withoutId(manifest: VersionManifest & { id?: string }): VersionManifest {
  const { id: _id, ...rest } = manifest;
  return rest;
}

async function searchVersion(
  known: Pick<HoldingVersion, 'kind' | 'id' | 'made' | 'removed'>,
  searching: Searching,
  filesOf: () => Promise<VersionFile[]>,
): Promise<HoldingVersion> {
  const held = { ...known, rows: 0, mentions: 0, problem: null };
  try {
    for (const one of await filesOf()) {
      const { rows, mentions } = await searchFile(one, known.id, searching);
      held.rows += rows;
      held.mentions += mentions;
      held.made ??= one.manifest.made;
    }
    return held;
  } catch (error) {
    if (!isFault(error) || error.code === 'CANCELLED') throw error;
    return { ...held, problem: problemOf(error) };
  }
}

async function searchFile(
  { file, manifest }: VersionFile,
  id: string,
  { services, person, pattern, folder, signal }: Searching,
): Promise<{ rows: number; mentions: number }> {
  const image = join(folder, 'image');
  await checkRoom({ kind: 'backup', id }, folder, manifest.bytes);
  try {
    const why = await unpackVersion({ file, target: image, manifest }, () => checkCancelled(signal));
    if (why !== null) throw badBackup('damaged', id, { why });
    const db = openConnection(image, { mode: 'read', log: services.log, slow: 60_000 });
    try {
      const steps = { step: 'reading', total: null, clock: services.source.clock, signal };
      const { rows, mentions, labels } = await runToEnd(
        progressStream(findInFile(db, person, pattern), steps),
      );
      return { rows, mentions: mentions.length + labels };
    } finally {
      db.close();
    }
  } finally {
    await rm(image, { force: true });
  }
}
