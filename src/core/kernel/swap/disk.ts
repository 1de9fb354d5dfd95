import { link, rename, rm } from 'node:fs/promises';
import { replaceFile } from '#files/replace-file.ts';
import { fsyncFolder } from '../fsync.ts';

export interface Disk {
  write(file: string, text: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  fsync(folder: string): Promise<void>;
}

export const realDisk: Disk = {
  write: (file, text) => replaceFile(file, text, { fsync: true }),
  link,
  rename,
  remove: (file) => rm(file, { force: true }),
  fsync: fsyncFolder,
};
