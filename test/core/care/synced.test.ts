import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findSyncClient } from '#core/care/cloud-folder.ts';
import { testFolder } from '#test/support/folder.ts';

test.each([
  ['OneDrive', 'OneDrive'],
  ['OneDrive - University of the North', 'OneDrive'],
  ['OneDrive-Personal', 'OneDrive'],
  ['Dropbox', 'Dropbox'],
  ['Dropbox (Team)', 'Dropbox'],
  ['com~apple~CloudDocs', 'iCloud Drive'],
  ['iCloudDrive', 'iCloud Drive'],
  ['Google Drive', 'Google Drive'],
  ['GoogleDrive-ada@example.org', 'Google Drive'],
  ['Nextcloud', 'Nextcloud'],
  ['ownCloud', 'ownCloud'],
])('a folder in one called %s is synced by %s', (name, client) => {
  const folder = join(testFolder(), name);
  expect(findSyncClient(join(folder, 'deep', 'W'))).toEqual({ client, folder });
});

test.each([
  ['.stfolder', true, 'Syncthing'],
  ['.dropbox', false, 'Dropbox'],
  ['.dropbox.cache', true, 'Dropbox'],
  ['.sync_0a1b2c3d4e5f.db', false, 'Nextcloud'],
  ['.owncloudsync.log', false, 'ownCloud'],
])('a folder with %s in it or above it is synced', (marker, isFolder, client) => {
  const folder = join(testFolder(), 'Papers');
  const within = join(folder, 'W');
  mkdirSync(within, { recursive: true });
  if (isFolder) mkdirSync(join(folder, marker));
  else writeFileSync(join(folder, marker), '');
  expect(findSyncClient(within)).toEqual({ client, folder });
});

test('similar names are not synced, nor is a home folder with the settings of a client', () => {
  const home = testFolder();
  mkdirSync(join(home, '.dropbox'));
  for (const name of ['Dropboxes', 'My OneDrive notes', 'Nextclouds', 'W'])
    expect(findSyncClient(join(home, name))).toBeNull();
});

test('a link into such a folder is followed', () => {
  const home = testFolder();
  const [there, link] = [join(home, 'Dropbox', 'W'), join(home, 'W')];
  mkdirSync(there, { recursive: true });
  symlinkSync(there, link);
  expect(findSyncClient(link)).toMatchObject({ client: 'Dropbox' });
});
