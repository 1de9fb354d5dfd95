import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { everythingIn } from './look.ts';
import type { Opening } from './look.ts';

const template = await makeTemplate(preparePeople);
const opener = new URL('./opener.ts', import.meta.url);
/** The superuser may read and write everything: what he starts is somebody else's, of whom nothing is known here. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Opens a workspace as somebody who has no more access than its modes say. */
function opened(folder: string): Opening['said'] {
  const said = execFileSync(process.execPath, [opener.pathname, folder], {
    ...user,
    cwd: '/',
    encoding: 'utf8',
    timeout: 60_000,
  });
  return (JSON.parse(said.slice(said.lastIndexOf('{"said"'))) as Opening).said;
}

/** A copy of the workspace that everybody may use. */
function given(): string {
  const folder = join(testFolder(), 'w');
  cpSync(template.folder, folder, { recursive: true });
  chmodSync(dirname(folder), 0o711);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    chmodSync(path, statSync(path).isDirectory() ? 0o777 : 0o666);
  }
  chmodSync(folder, 0o777);
  // So that it can be taken away again.
  onTestFinished(() => chmodSync(folder, 0o777));
  return folder;
}

test.each<[string, string, (folder: string) => void]>([
  ['that may be used', 'ready', () => {}],
  ['whose file may not be read', 'unreadable', (folder) => chmodSync(join(folder, 'frames.sqlite'), 0)],
  // It is read; who writes to it is told.
  ['whose file may only be read', 'ready', (folder) => chmodSync(join(folder, 'frames.sqlite'), 0o444)],
  ['whose folder may only be read', 'read_only_folder', (folder) => chmodSync(folder, 0o555)],
  ['whose folder nobody may enter', 'unreadable', (folder) => chmodSync(folder, 0)],
])('a workspace %s: %s', { timeout: 120_000 }, (_, reason, take) => {
  const folder = given();
  const before = everythingIn(folder);
  take(folder);
  const said = opened(folder);
  chmodSync(folder, 0o777);
  chmodSync(join(folder, 'frames.sqlite'), 0o666);
  expect(said.kind === 'failed' ? said.reason : said.kind).toBe(reason);
  expect(said.kind === 'ready' || /can only be read|refuses access/.test(said.refused.message)).toBe(true);
  expect(everythingIn(folder)).toEqual(before);
});
