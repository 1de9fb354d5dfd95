import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programFile } from '#test/support/program.ts';
import { copyForAll, openUp, saidTo } from '#test/support/somebody.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { everythingIn } from './opening.ts';
import type { Opening } from './opening.ts';

const template = await makeTemplate(preparePeople);
const opener = new URL('./opener.ts', import.meta.url);

/** Opens a workspace as somebody who has no more access than its modes say. */
function opened(folder: string): Opening['said'] {
  const said = saidTo(process.execPath, [programFile(opener), folder]);
  return (JSON.parse(said.slice(said.lastIndexOf('{"said"'))) as Opening).said;
}

test.each<[string, string, (folder: string) => void]>([
  ['that may be used', 'ready', () => {}],
  ['whose file may not be read', 'unreadable', (folder) => chmodSync(join(folder, 'frames.sqlite'), 0)],
  // It is read; who writes to it is told.
  ['whose file may only be read', 'ready', (folder) => chmodSync(join(folder, 'frames.sqlite'), 0o444)],
  ['whose folder may only be read', 'read_only_folder', (folder) => chmodSync(folder, 0o555)],
  ['whose folder nobody may enter', 'unreadable', (folder) => chmodSync(folder, 0)],
])('a workspace %s: %s', { timeout: 120_000 }, (_, reason, take) => {
  const folder = copyForAll(template.folder);
  const before = everythingIn(folder);
  take(folder);
  const said = opened(folder);
  openUp(folder);
  expect(said.kind === 'failed' ? said.reason : said.kind).toBe(reason);
  expect(said.kind === 'ready' || /read-only|permission/.test(said.refused.message)).toBe(true);
  expect(everythingIn(folder)).toEqual(before);
});
