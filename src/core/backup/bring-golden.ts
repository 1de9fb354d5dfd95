import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import type { BroughtBack } from '#shared/contract/backups.ts';
import { passingCopy } from '../kernel/db/temporary-copy.ts';
import type { PassingCopy } from '../kernel/db/temporary-copy.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { findBySum, sealFolder } from '../golden/keep.ts';
import { longestManifest, unsealGolden } from '../golden/manifest.ts';
import type { GoldenManifest } from '../golden/manifest.ts';
import { nameVersion } from '../golden/name.ts';
import { imageIn, nextVersion, versionPlace } from '../golden/place.ts';
import { settleGolden, withGolden } from '../golden/settle.ts';
import type { CallContext } from '../model/services.ts';
import { noteAct } from '../model/workspace-settings.ts';
import { retrieve } from './bringing.ts';
import type { Bringing } from './bringing.ts';
import { manifestContent } from './inside.ts';
import { workFolder } from './leftovers.ts';
import { badBackup } from './manifest.ts';
import { readPlain } from './plain-file.ts';

/** A golden version out of a backup, checked as a whole, which has no number yet. */
export interface TakenOut {
  /** What it is called in the backup, and its number there. */
  name: string;
  number: number;
  manifest: GoldenManifest;
  copy: PassingCopy;
}

const told = (name: string, version: number, outcome: BroughtBack['outcome']): BroughtBack => ({
  name,
  kind: 'golden',
  id: null,
  title: String(version),
  outcome,
});

/** Takes a golden version out of a backup, unless it is here. Throws BACKUP, GOLDEN, CANCELLED. */
export async function takeOutGolden(bringing: Bringing, number: number): Promise<BroughtBack | TakenOut> {
  const { content, reading, manifest } = bringing;
  const { files, id } = reading;
  const { name } = content;
  const said = manifest.contents.find((one) => one.name === manifestContent(number));
  const unsaid = `Backup ${id} does not say what golden version ${number} is. Nothing was changed.`;
  if (!said) throw badBackup('damaged', id, unsaid);
  const known = await knownAs(files, content.sha256, reading.signal);
  if (known !== null) return told(name, known, 'there');
  const [copy, beside] = [1, 2].map(() => passingCopy(files.folder, randomUUID())) as [
    PassingCopy,
    PassingCopy,
  ];
  try {
    await retrieve(bringing, said, beside.data);
    const golden = unsealGolden(await readPlain(beside.data, longestManifest), number);
    if (golden.sha256 !== content.sha256) throw badBackup('damaged', id, unsaid);
    await retrieve(bringing, content, copy.data);
    return { name, number, manifest: golden, copy };
  } catch (error) {
    copy.drop();
    throw error;
  } finally {
    beside.drop();
  }
}

const knownAs = (files: WorkspaceFiles, sha256: string, signal?: AbortSignal): Promise<number | null> =>
  withGolden({ files, signal }, 'alone', () => findBySum(files, sha256));

/**
 * Makes what was taken out a golden version of its number, or of the next where that is another's by now, once the audit says so. Nothing
 * is left of it where that fails. Throws FORBIDDEN, GOLDEN, BUSY and what writing throws.
 */
export async function keepGolden(call: CallContext, one: TakenOut, backup: string): Promise<BroughtBack> {
  const { files, log, read } = call.services;
  const { name, number, manifest, copy } = one;
  try {
    return await withGolden({ files }, 'alone', async () => {
      // One whose publishing was broken off has its number already.
      await settleGolden({ files, log }, read);
      const known = await findBySum(files, manifest.sha256);
      if (known !== null) return told(name, known, 'there');
      const free = !existsSync(versionPlace(files, number).folder);
      const version = free ? number : await nextVersion(files);
      const building = await workFolder(files.golden, 'building');
      try {
        await rename(copy.data, imageIn({ folder: building, version }));
        // Its size is looked at here, its hash was when it was read.
        await sealFolder(building, { ...manifest, version });
        await nameVersion(call, building, version, (write) => {
          noteAct(write, 'golden.brought', { version, backup });
          write.audit.label('golden.brought', { version, backup });
        });
      } finally {
        await rm(building, { recursive: true, force: true });
      }
      log.info({ version, backup }, 'golden version brought back');
      return told(name, version, free ? 'back' : 'renamed');
    });
  } finally {
    copy.drop();
  }
}
