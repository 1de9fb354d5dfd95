import Database from 'better-sqlite3';
import type { Core } from '#core/open.ts';
import { readLive } from './live.ts';
import type { LiveRow } from './live.ts';
import type { TestWorkspace } from './workspace.ts';

/** A core on what the workspace was at a moment; it goes with the workspace. */
export const openAt = (
  workspace: TestWorkspace,
  at: number | string,
  sandbox: string | null = null,
): Promise<Core> => workspace.another({ target: { kind: 'moment', at, sandbox } });

/** Every row of every record table of what a core has open, deleted ones too. */
export function rowsOpen({ services }: Core): Map<string, LiveRow> {
  return rowsIn(services.files.data);
}

export function rowsIn(file: string): Map<string, LiveRow> {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    return readLive(db);
  } finally {
    db.close();
  }
}

/** Ids of all transactions, oldest first. */
export const transactionsOf = ({ services }: Core): number[] =>
  services.read.column<number>('SELECT id FROM audit_transactions ORDER BY id');
