import { link, rename, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { syncFolder } from '../sync-folder.ts';

/** What replacing the live file does with files; tests let any of it fail. */
export interface Disk {
  /** Writes a small file as a whole, and waits until it is on the disk. */
  write(file: string, text: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  /** Waits until the names in a folder are on the disk. */
  sync(folder: string): Promise<void>;
}

export const realDisk: Disk = {
  write: (file, text) => writeFileAtomic(file, text, { fsync: true }),
  link,
  rename,
  remove: (file) => rm(file, { force: true }),
  sync: syncFolder,
};
