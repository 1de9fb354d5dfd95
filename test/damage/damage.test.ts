import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLost } from '#data/recovery-offer.ts';
import { testFolder } from '#test/support/folder.ts';
import { healthByCommand, verifyByCommand } from './commands.ts';
import { fileKinds } from './file-kinds.ts';
import { folderKinds } from './folder-kinds.ts';
import { makeGiven } from './given.ts';
import type { Given } from './given.ts';
import { keptKinds } from './kept-kinds.ts';
import type { Kind } from './kind.ts';
import { logKinds } from './log-kinds.ts';
import { everythingIn, openByData } from './opening.ts';
import type { Opening } from './opening.ts';
import { pageKinds } from './page-kinds.ts';

const kinds: readonly Kind[] = [...fileKinds, ...pageKinds, ...logKinds, ...folderKinds, ...keptKinds];

let given: Given;
/** What is read of each where nothing is damaged. */
const whole: Partial<Record<'closed' | 'killed', Opening['read']>> = {};

beforeAll(async () => {
  given = await makeGiven();
  for (const of of ['closed', 'killed'] as const) {
    const copy = join(given.closed, '..', `${of} and read`);
    cpSync(given[of], copy, { recursive: true });
    whole[of] = (await openByData(copy)).read;
  }
});
afterAll(() => given.remove());

function damaged({ of = 'closed', damage }: Kind): string {
  const folder = join(testFolder(), 'w');
  cpSync(given[of], folder, { recursive: true });
  damage(folder, given);
  return folder;
}

/** Paths that are other than they were. */
const changed = (before: Record<string, string>, now: Record<string, string>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((path) => before[path] !== now[path]);

/** What opening writes: the log is folded in, and the head follows. */
const written = /^(frames\.sqlite(-wal)?|head\.json)$/;

/** What was read, as the kinds have it; null where it was not opened. */
function held({ read }: Opening, { of = 'closed' }: Kind): Kind['holds'] | null {
  if (read === null) return null;
  if ('records' in read) return isDeepStrictEqual(read, whole[of]) ? 'all' : 'altered';
  return isDeepStrictEqual(read, { refused: 'WORKSPACE', reason: 'damaged' }) ? 'refused' : undefined;
}

/** A sentence that names no folder, where it was not opened. */
const isClear = ({ said }: Opening, folder: string): boolean =>
  said.kind === 'ready' ||
  (/^[^\n]+\.$/.test(said.refused.message) && !said.refused.message.includes(folder));

describe.each(kinds.map((kind) => [kind.name, kind] as const))('damage: %s', (_, kind) => {
  test('opens intact or is refused by name, and reading changes nothing', async () => {
    const folder = damaged(kind);
    const before = everythingIn(folder);
    const opening = await openByData(folder);
    const { said } = opening;
    const ready = kind.open === 'ready';
    const offered = kind.offers !== false && isLost({ reason: kind.open });
    expect({
      said: said.kind === 'failed' ? said.reason : said.kind,
      clear: isClear(opening, folder),
      offered: said.kind === 'failed' ? said.backups.map(({ id }) => id) : [],
      held: held(opening, kind),
    }).toEqual({
      said: kind.open,
      clear: true,
      offered: offered ? [given.backup] : [],
      held: ready ? (kind.holds ?? 'all') : null,
    });
    // Damage that was met is noted beside the file.
    const notes = ready ? kind.holds === 'refused' : kind.open === 'damaged';
    const may = (path: string): boolean => (notes ? path === 'damaged.json' : ready && written.test(path));
    const gone = changed(before, everythingIn(folder)).filter((path) => !may(path));
    expect(kind.settles ? [] : gone).toEqual([]);
  });

  test('is found by `frames health` and `frames verify`, which change nothing but that they note it', async () => {
    const folder = damaged(kind);
    const before = everythingIn(folder);
    const bad = await healthByCommand(folder);
    expect(kind.health === null ? bad.length === 0 : bad.includes(kind.health), bad.join()).toBe(true);
    const problems = await verifyByCommand(folder);
    expect(problems.join('\n')).toMatch(kind.verify ?? /^$/);
    const may = (path: string): boolean => problems.length > 0 && path === 'damaged.json';
    const gone = changed(before, everythingIn(folder)).filter((path) => !may(path));
    expect(kind.settles ? [] : gone).toEqual([]);
  });
});
