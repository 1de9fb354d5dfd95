import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { refuseNotedDamage } from '#core/db/damage-mark.ts';
import { silentLog } from '#core/log.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test(
  'a note of damage stays as long as nobody could look whether the file is whole',
  { timeout: 30_000 },
  async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    const mark = join(workspace.folder, 'damaged.json');
    writeFileSync(mark, '{"version":1}\n');
    const look = (): void => refuseNotedDamage(workspace.files, silentLog);
    const other = new Database(workspace.files.live);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    // Who opens it says that another program has it.
    expect(look).not.toThrow();
    other.exec('ROLLBACK');
    other.close();
    expect(existsSync(mark)).toBe(true);
    look();
    expect(existsSync(mark)).toBe(false);
    spoilTable(workspace.files.live, 'teams');
    writeFileSync(mark, '{"version":1}\n');
    expect(look).toThrow(/frames\.sqlite is damaged/);
    expect(existsSync(mark)).toBe(true);
  },
);
