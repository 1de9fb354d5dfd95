import { link, rename, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { fsyncFolder } from '../fsync.ts';

export interface Disk {
  write(file: string, text: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  fsync(folder: string): Promise<void>;
}

export const realDisk: Disk = {
  write: (file, text) => writeFileAtomic(file, text, { fsync: true }),
  link,
  rename,
  remove: (file) => rm(file, { force: true }),
  fsync: fsyncFolder,
};
