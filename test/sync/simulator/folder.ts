import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of one history, without Vitest, which threads do not have. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'frames-simulator-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
