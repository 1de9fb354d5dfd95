import { lstatSync, readdirSync } from 'node:fs';
import type { Look } from '#shared/domain/workspace-files.ts';

/** Never throws: an unreadable path counts as missing, an unreadable folder as empty. */
export const fileProbe: Look = {
  isThere(path) {
    try {
      return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    } catch {
      return false;
    }
  },
  names(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },
};
