import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { backUp } from '#test/support/backup.ts';
import { makeFolder } from '#test/support/folder.ts';
import { resources } from '#test/support/golden.ts';
import { take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { TestWorkspace } from '#test/support/workspace.ts';

/** Closed copies of one workspace, with a backup, a sandbox and a golden version. */
export interface Given {
  /** Closed as it should be. */
  closed: string;
  /** As a program leaves it that was killed: its newest changes are in the log only. */
  killed: string;
  /** Names of its backup and its sandbox. */
  backup: string;
  sandbox: string;
  /** A log that is of another program's file. */
  foreignLog: string;
  remove: () => void;
}

/** Some teams, so that a table and an index have many pages. */
async function fill(workspace: TestWorkspace): Promise<void> {
  await preparePeople(workspace);
  const ada = workspace.as();
  const data = (at: number) => ({ name: `Team ${at}`, description: `${at} `.repeat(200) });
  for (let at = 0; at < 60; at += 1)
    await ada.entities.create({ type: 'team', id: `team-${at}`, data: data(at) });
}

/** Pages that hold nothing any more. */
function freePages(file: string): void {
  const db = new Database(file);
  db.exec('CREATE TABLE gone (x)');
  const insert = db.prepare('INSERT INTO gone VALUES (zeroblob(20000))');
  for (let at = 0; at < 5; at += 1) insert.run();
  db.exec('DROP TABLE gone');
  db.close();
}

/** The log of another program's file, as it is while that is open. */
function logOfAnother(folder: string): string {
  const db = new Database(join(folder, 'other.sqlite'));
  const log = join(folder, 'other.log');
  try {
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE notes (x); INSERT INTO notes VALUES (zeroblob(50000))');
    execFileSync('cp', [`${db.name}-wal`, log]);
    return log;
  } finally {
    db.close();
  }
}

export async function makeGiven(): Promise<Given> {
  const folder = makeFolder();
  const workspace = await TestWorkspace.create({ resources });
  try {
    await fill(workspace);
    const { id: sandbox } = await take(workspace.as(), 'Play');
    const { id: backup } = await backUp(workspace);
    await workspace.core.close();
    freePages(workspace.files.live);
    const [closed, killed] = [join(folder, 'closed'), join(folder, 'killed')];
    cpSync(workspace.folder, closed, { recursive: true });
    await workspace.reopen();
    for (let at = 0; at < 10; at += 1)
      await workspace.as().entities.create({ type: 'team', id: `late-${at}`, data: { name: `Late ${at}` } });
    // By another process: to read the file here would take SQLite's locks from it.
    execFileSync('cp', ['-r', workspace.folder, killed]);
    rmSync(join(killed, 'holders'), { recursive: true, force: true });
    // It was killed after its head had been written down, and before its log was folded in.
    await workspace.core.close();
    copyFileSync(workspace.files.head, join(killed, 'head.json'));
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    return { closed, killed, backup, sandbox, foreignLog: logOfAnother(folder), remove };
  } finally {
    await workspace.dispose();
  }
}
