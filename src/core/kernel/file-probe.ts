import { lstatSync, readdirSync } from 'node:fs';
import type { Look } from '#shared/domain/workspace-files.ts';

/** How files of workspaces are looked for. */
export const look: Look = {
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
