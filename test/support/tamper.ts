import { copyFileSync, cpSync } from 'node:fs';
import Database from 'better-sqlite3';
import { verifyFile } from '#core/log/audit/verify.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { makeFolder, removeFolder } from './folder.ts';
import { TestClock } from './seeded.ts';
import type { Template } from './workspace.ts';

/** What verifying a closed workspace finds in the end. */
export const verifyClosed = (files: WorkspaceFiles): Promise<Verification> =>
  verifyFile({ files, log: silentLog }, { clock: new TestClock() });

/** A copy of a closed workspace whose file is changed behind core's back again and again. */
export class TamperBench {
  readonly #folder = makeFolder();
  readonly #template: Template;
  readonly files = workspaceFiles(this.#folder);

  constructor(template: Template) {
    this.#template = template;
    cpSync(template.folder, this.#folder, { recursive: true });
  }

  /** What verifying finds after `change` has been made to a fresh copy, with nothing of SQLite's own in its way. */
  async after(change: (db: Database.Database) => void): Promise<Verification> {
    copyFileSync(workspaceFiles(this.#template.folder).live, this.files.live);
    const db = new Database(this.files.live);
    try {
      db.pragma('foreign_keys = OFF');
      db.pragma('ignore_check_constraints = ON');
      change(db);
      // So that nothing is left beside the file, which the next copy replaces.
      db.pragma('journal_mode = DELETE');
    } finally {
      db.close();
    }
    return verifyClosed(this.files);
  }

  /** Reads from the untouched workspace. */
  read<R>(query: (db: Database.Database) => R): R {
    const db = new Database(workspaceFiles(this.#template.folder).live, { readonly: true });
    try {
      return query(db);
    } finally {
      db.close();
    }
  }

  dispose(): void {
    removeFolder(this.#folder);
  }
}
