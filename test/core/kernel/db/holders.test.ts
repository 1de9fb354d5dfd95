import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { describeHolders, registerHolder } from '#core/kernel/db/holders.ts';
import type { HolderRegistry } from '#core/kernel/db/holders.ts';
import { testFolder } from '#test/support/folder.ts';

const since = '2026-01-05T09:00:00.000Z';
const board = (folder: string, label: string): HolderRegistry =>
  registerHolder(folder, { kind: 'command', label }, label, since);

/** The id of a process that has ended. */
const endedProcess = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('the board of programs that have a workspace open', () => {
  test('names the others, and which of them writes', () => {
    const folder = join(testFolder(), 'holders');
    const [mine, theirs] = [board(folder, 'mine'), board(folder, 'theirs')];
    expect(mine.describeOthers()).toEqual([`theirs (process ${process.pid})`]);
    expect(mine.describeWriter()).toBeNull();
    const done = theirs.startWrite('an import');
    expect(mine.describeWriter()).toBe(`theirs (process ${process.pid}): an import`);
    expect(theirs.describeWriter()).toBeNull();
    done();
    expect(mine.describeWriter()).toBeNull();
    expect(describeHolders(folder)).toHaveLength(2);
    theirs.unregister();
    expect(describeHolders(folder)).toEqual([`mine (process ${process.pid})`]);
    expect(describeHolders(join(folder, 'none'))).toEqual([]);
    expect(mine.describeOthers()).toEqual([]);
    mine.unregister();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('forgets crashed processes', () => {
    const folder = testFolder();
    const entry = { kind: 'window', label: 'crashed', pid: endedProcess(), since, writing: 'an import' };
    writeFileSync(join(folder, 'old.json'), JSON.stringify(entry));
    const mine = board(folder, 'mine');
    expect(mine.describeWriter()).toBeNull();
    expect(mine.describeOthers()).toEqual([]);
    expect(readdirSync(folder)).toEqual([`${process.pid}-mine.json`]);
  });

  test('ignores empty notes', () => {
    const folder = testFolder();
    for (const [name, text] of Object.entries({
      'half.json': '{"pid":',
      'null.json': 'null',
      'note.txt': 'hello',
    })) {
      writeFileSync(join(folder, name), text);
    }
    expect(board(folder, 'mine').describeOthers()).toEqual([]);
  });

  test('never blocks a write', () => {
    const folder = join(testFolder(), 'holders');
    const mine = board(folder, 'mine');
    rmSync(folder, { recursive: true });
    const done = mine.startWrite('something');
    done();
    expect(mine.describeWriter()).toBeNull();
    expect(mine.describeOthers()).toEqual([]);
    mine.unregister();
    mkdirSync(folder);
  });
});
