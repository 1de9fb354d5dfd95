import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { inspectFile } from '#core/kernel/db/inspect.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const ours = readFileSync(join(template.folder, 'frames.sqlite'));

function fileOf(bytes: Buffer | string): string {
  const file = join(testFolder(), 'frames.sqlite');
  writeFileSync(file, bytes);
  return file;
}

describe('the kind of a file', () => {
  test('ours with its version, also while others have it open', async () => {
    const workspace = await testWorkspace({ template });
    expect(inspectFile(workspace.files.live)).toEqual({ kind: 'ours', version: schemaVersion });
  });

  test('missing, or its folder is', () => {
    const folder = testFolder();
    expect(inspectFile(join(folder, 'frames.sqlite'))).toEqual({ kind: 'missing' });
    expect(inspectFile(join(folder, 'none', 'frames.sqlite'))).toEqual({ kind: 'missing' });
    expect(inspectFile(join(fileOf('x'), 'frames.sqlite'))).toEqual({ kind: 'missing' });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  const foreign = (): string => {
    const file = join(testFolder(), 'frames.sqlite');
    const db = new Database(file);
    db.exec('CREATE TABLE a (b)');
    db.close();
    return file;
  };
  const folderInstead = (): string => {
    const file = join(testFolder(), 'frames.sqlite');
    mkdirSync(file);
    return file;
  };
  const cut = (bytes: number) => (): string => {
    const file = fileOf(ours);
    truncateSync(file, bytes);
    return file;
  };
  test.each([
    ['empty', 'empty', () => fileOf('')],
    ['text', 'foreign', () => fileOf('hello, I am no database at all'.repeat(50))],
    ['another program’s database', 'foreign', foreign],
    ['a folder', 'foreign', folderInstead],
    ['cut off within its header', 'foreign', cut(60)],
    ['cut off within its first page', 'damaged', cut(2000)],
    ['cut off after some pages', 'damaged', cut(Math.floor(ours.length / 2 / 4096) * 4096)],
    ['a damaged header', 'foreign', () => fileOf(Buffer.concat([Buffer.alloc(20, 1), ours.subarray(20)]))],
  ] as const)('%s', (_, reason, makeFile) => {
    const found = inspectFile(makeFile());
    expect(found).toMatchObject({ kind: 'bad', reason });
    expect(JSON.stringify(found)).not.toMatch(/\/tmp|SELECT|Error:/);
  });

  test('a file that may not be read', () => {
    const file = fileOf(ours);
    chmodSync(file, 0);
    // The superuser may read everything.
    const expected = process.getuid?.() === 0 ? { kind: 'ours' } : { kind: 'bad', reason: 'unreadable' };
    expect(inspectFile(file)).toMatchObject(expected);
  });

  test('looking changes nothing', () => {
    const file = fileOf(ours);
    inspectFile(file);
    expect(readFileSync(file).equals(ours)).toBe(true);
  });
});
