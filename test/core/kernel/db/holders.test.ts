import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { boardOf, joinBoard } from '#core/kernel/db/holders.ts';
import type { HolderBoard } from '#core/kernel/db/holders.ts';
import { testFolder } from '#test/support/folder.ts';

const since = '2026-01-05T09:00:00.000Z';
const board = (folder: string, label: string): HolderBoard =>
  joinBoard(folder, { kind: 'command', label }, label, since);

/** The id of a process that has ended. */
const endedProcess = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('the board of programs that have a workspace open', () => {
  test('names the others, and which of them writes', () => {
    const folder = join(testFolder(), 'holders');
    const [mine, theirs] = [board(folder, 'mine'), board(folder, 'theirs')];
    expect(mine.others()).toEqual([`theirs (process ${process.pid})`]);
    expect(mine.writer()).toBeNull();
    const done = theirs.writing('an import');
    expect(mine.writer()).toBe(`theirs (process ${process.pid}): an import`);
    expect(theirs.writer()).toBeNull();
    done();
    expect(mine.writer()).toBeNull();
    expect(boardOf(folder)).toHaveLength(2);
    theirs.leave();
    expect(boardOf(folder)).toEqual([`mine (process ${process.pid})`]);
    expect(boardOf(join(folder, 'none'))).toEqual([]);
    expect(mine.others()).toEqual([]);
    mine.leave();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('forgets crashed processes', () => {
    const folder = testFolder();
    const entry = { kind: 'window', label: 'crashed', pid: endedProcess(), since, writing: 'an import' };
    writeFileSync(join(folder, 'old.json'), JSON.stringify(entry));
    const mine = board(folder, 'mine');
    expect(mine.writer()).toBeNull();
    expect(mine.others()).toEqual([]);
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
    expect(board(folder, 'mine').others()).toEqual([]);
  });

  test('never blocks a write', () => {
    const folder = join(testFolder(), 'holders');
    const mine = board(folder, 'mine');
    rmSync(folder, { recursive: true });
    const done = mine.writing('something');
    done();
    expect(mine.writer()).toBeNull();
    expect(mine.others()).toEqual([]);
    mine.leave();
    mkdirSync(folder);
  });
});
