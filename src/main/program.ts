import { arch, release, type } from 'node:os';
import { app } from 'electron';
import type { Program } from '#shared/shell/program.ts';

/** Which program this is, and what it runs on. */
export function programFacts(): Program {
  const { electron, chrome, node } = process.versions;
  return {
    version: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    system: `${type()} ${release()} (${arch()})`,
  };
}
