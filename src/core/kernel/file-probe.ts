import { lstatSync, readdirSync } from 'node:fs';
import type { FolderReader } from '#shared/domain/workspace-files.ts';

/** Never throws: an unreadable path counts as missing, an unreadable folder as empty. */
export const fileProbe: FolderReader = {
  exists(path) {
    try {
      return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    } catch {
      return false;
    }
  },
  listNames(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },
};
