import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface SyncedBy {
  client: string;
  folder: string;
}

const names: readonly (readonly [client: string, name: RegExp])[] = [
  ['OneDrive', /^OneDrive(?:$| ?-)/i],
  ['Dropbox', /^Dropbox(?:$| ?[(-])/i],
  ['iCloud Drive', /^(?:com~apple~CloudDocs|iCloud ?Drive)$/i],
  ['Google Drive', /^Google ?Drive(?:$|-)/i],
  ['Nextcloud', /^Nextcloud\d*$/i],
  ['ownCloud', /^ownCloud\d*$/i],
];

/** Names that sync clients leave in folders, and whether each is a folder. `.dropbox` in a home folder holds Dropbox's settings. */
const markers: readonly (readonly [client: string, name: RegExp, folder: boolean])[] = [
  ['Syncthing', /^\.stfolder$/, true],
  ['Dropbox', /^\.dropbox$/, false],
  ['Dropbox', /^\.dropbox\.cache$/, true],
  ['Nextcloud', /^\.nextcloudsync\.log$/, false],
  ['ownCloud', /^\.owncloudsync\.log$/, false],
  ['Nextcloud', /^\._?sync_[0-9a-f]+\.db$/, false],
  ['OneDrive', /^\.849C9593-D756-4E56-8D6E-42412F2A707B$/i, false],
  ['Google Drive', /^\.tmp\.driveupload$/, true],
];

/**
 * The client that syncs a folder or one of its parents, judged by well-known names and the files that clients leave; null if none. Such
 * clients copy files while they are written and may replace them with older ones.
 */
export function syncedBy(folder: string): SyncedBy | null {
  for (const start of new Set([folder, real(folder)]))
    for (let at = start; ; at = dirname(at)) {
      const client = clientOf(at);
      if (client !== undefined) return { client, folder: at };
      if (at === dirname(at)) break;
    }
  return null;
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function clientOf(folder: string): string | undefined {
  const name = folder.split(/[/\\]/).at(-1) ?? '';
  const named = names.find(([, known]) => known.test(name));
  if (named) return named[0];
  const within = namesIn(folder);
  for (const [client, known, isFolder] of markers) {
    const found = within.find((one) => known.test(one));
    if (found === undefined) continue;
    const stat = lstatSync(join(folder, found), { throwIfNoEntry: false });
    if (stat && stat.isDirectory() === isFolder) return client;
  }
  return undefined;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith('.'));
  } catch {
    return [];
  }
}
