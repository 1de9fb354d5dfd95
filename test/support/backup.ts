import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBackup } from '#core/backup/create.ts';
import type { BackupOptions } from '#core/backup/create.ts';
import { seal, unseal } from '#core/backup/manifest.ts';
import type { BackupContent, BackupManifest } from '#core/backup/manifest.ts';
import { readManifest } from '#core/backup/read-manifest.ts';
import { restoreInto } from '#core/backup/restore-into.ts';
import type { RestoredInto } from '#core/backup/restore-into.ts';
import { retrieveFile } from '#core/backup/retrieve.ts';
import { PageSource } from '#core/backup/store.ts';
import { verifyBackup } from '#core/backup/verify.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { BackupReport } from '#shared/contract/backups.ts';
import { testFolder } from './folder.ts';
import { testWorkspace } from './workspace.ts';
import type { Template, TestWorkspace } from './workspace.ts';

interface Of {
  files: WorkspaceFiles;
}

/** Makes a backup of a workspace's file. */
export const backUp = ({ files }: Of, more: Partial<BackupOptions> = {}): Promise<BackupManifest> =>
  createBackup({ files, reason: 'asked', clock: systemClock, log: silentLog, ...more });

const reading = ({ files }: Of, id: string) => {
  const { signal } = new AbortController();
  return { files, id, clock: systemClock, log: silentLog, tell: (): void => {}, signal };
};

/** What verifying a backup finds. */
export const verify = (
  of: Of,
  id: string,
  more: Partial<Parameters<typeof verifyBackup>[0]> = {},
): Promise<BackupReport> => verifyBackup({ ...reading(of, id), ...more });

/** Makes a workspace of a backup. */
export const restore = (
  of: Of,
  id: string,
  into: string,
  more: Partial<Parameters<typeof restoreInto>[0]> = {},
): Promise<RestoredInto> =>
  restoreInto({ ...reading(of, id), into, ids: createIds(systemClock, systemRandom), ...more });

/** What lies in the folder of backups beside the backups themselves, when all is as it should be. */
export const beside = ['lock.sqlite', 'packs'];

/** Names of the backups there are, and of anything that should not be among them. */
export const namesIn = ({ files }: Of): string[] =>
  readdirSync(files.backups)
    .filter((name) => !beside.includes(name))
    .toSorted();

export const packFile = ({ files }: Of, sha256: string | undefined): string =>
  join(files.backups, 'packs', `${sha256}.pack`);

/** A backup of a workspace, with what tests do to it. */
export interface BackedUp {
  workspace: TestWorkspace;
  made: BackupManifest;
  manifest: string;
  pack: string;
  /** Changes the manifest as somebody would who knows how: its own hash holds afterwards. */
  reseal: (change: (open: BackupManifest) => void) => void;
}

export async function backedUp(template: Template): Promise<BackedUp> {
  const workspace = await testWorkspace({ template });
  const made = await backUp(workspace);
  const manifest = join(workspace.files.backups, made.id, 'manifest.json');
  return {
    workspace,
    made,
    manifest,
    pack: packFile(workspace, made.packs[0]?.sha256),
    reseal(change) {
      const open = unseal(readFileSync(manifest, 'utf8'), made.id);
      change(open);
      writeFileSync(manifest, seal(open));
    },
  };
}

export const liveIn = (open: BackupManifest): BackupContent => open.contents[0] as BackupContent;

/** Takes one file out of a backup, by its name there, into a folder that goes with the test. Returns where it is. */
export async function takeOut(backups: string, id: string, name = 'live'): Promise<string> {
  const { contents, packs } = await readManifest(backups, id);
  const content = contents.find((one) => one.name === name);
  if (!content) throw new Error(`${id} holds no ${name}`);
  const pages = new PageSource(join(backups, 'packs'), packs);
  const target = join(testFolder(), 'frames.sqlite');
  try {
    if (!(await retrieveFile(content, pages, target, () => {}))) throw new Error(`${name} is not whole`);
  } finally {
    await pages.close();
  }
  return target;
}

/** As `takeOut`, the bytes. */
export async function bytesOut(backups: string, id: string, name: string): Promise<Buffer> {
  return readFileSync(await takeOut(backups, id, name));
}
