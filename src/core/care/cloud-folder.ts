import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface SyncedFolder {
  client: string;
  folder: string;
}

const clientFolders: readonly (readonly [client: string, name: RegExp])[] = [
  ['OneDrive', /^OneDrive(?:$| ?-)/i],
  ['Dropbox', /^Dropbox(?:$| ?[(-])/i],
  ['iCloud Drive', /^(?:com~apple~CloudDocs|iCloud ?Drive)$/i],
  ['Google Drive', /^Google ?Drive(?:$|-)/i],
  ['Nextcloud', /^Nextcloud\d*$/i],
  ['ownCloud', /^ownCloud\d*$/i],
];

/** Files and folders that sync clients create, and whether each is a folder: a folder `.dropbox` would only hold Dropbox's settings. */
const markers: readonly (readonly [client: string, name: RegExp, isFolder: boolean])[] = [
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
 * The client that syncs a folder or one of its parents, judged by well-known names and the files that clients create; null if none. Such
 * clients copy files while these are written, and can replace them with older ones.
 */
export function findSyncClient(folder: string): SyncedFolder | null {
  for (const start of new Set([folder, realPath(folder)]))
    for (let path = start; ; path = dirname(path)) {
      const client = clientOf(path);
      if (client !== undefined) return { client, folder: path };
      if (path === dirname(path)) break;
    }
  return null;
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function clientOf(folder: string): string | undefined {
  const name = folder.split(/[/\\]/).at(-1) ?? '';
  const match = clientFolders.find(([, pattern]) => pattern.test(name));
  if (match) return match[0];
  const hiddenNames = hiddenNamesIn(folder);
  for (const [client, pattern, isFolder] of markers) {
    const marker = hiddenNames.find((hiddenName) => pattern.test(hiddenName));
    if (marker === undefined) continue;
    const stat = lstatSync(join(folder, marker), { throwIfNoEntry: false });
    if (stat && stat.isDirectory() === isFolder) return client;
  }
  return undefined;
}

function hiddenNamesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith('.'));
  } catch {
    return [];
  }
}
