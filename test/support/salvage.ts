import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { leafCells } from '#core/salvage/cells.ts';
import { Pages } from '#core/salvage/pages.ts';
import { salvageInPlace } from '#core/salvage/run.ts';
import type { previewSalvage, SalvageResult } from '#core/salvage/run.ts';
import { readPageMap } from '#core/salvage/tree.ts';
import { systemServices } from '#core/kernel/system.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import { testFolder } from './folder.ts';
import type { TestWorkspace } from './workspace.ts';

export const page = 4096;

/** What every way of salvaging is told. */
export const salvaging = (folder: string): Parameters<typeof previewSalvage>[0] => ({
  folder,
  owner: 'Owner',
  ...systemServices(),
  holder: { kind: 'test', label: 'a test' },
  log: silentLog,
  onProgress: (): void => {},
  signal: new AbortController().signal,
});

export const salvageHere = (folder: string): Promise<SalvageResult> => salvageInPlace(salvaging(folder));

/** A copy of a closed workspace with its backups. */
export function copyOf(folder: string): string {
  const copy = `${testFolder()}/copy`;
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Overwrites pages (from 1 on) of the live file. Returns the bytes that it has then. */
export function damagePages(
  folder: string,
  pages: readonly number[],
  filling: (at: number) => number,
): Buffer {
  const { live } = workspaceFiles(folder);
  const bytes = readFileSync(live);
  for (const number of pages)
    for (let at = (number - 1) * page; at < number * page; at += 1) bytes[at] = filling(at);
  writeFileSync(live, bytes);
  return bytes;
}

export interface RecordRow {
  type: string;
  payload: string;
  deleted: boolean;
}

/** Every record of a closed workspace by its id, but for what salvaging notes. */
export function recordsOf(folder: string): Map<string, RecordRow> {
  const db = new Database(workspaceFiles(folder).live, { readonly: true });
  try {
    const all = new Map<string, RecordRow>();
    for (const type of auditedTypes) {
      const rows = db.prepare(`SELECT id, payload, deleted_at FROM ${tableOf[type]}`).all() as {
        id: string;
        payload: string;
        deleted_at: string | null;
      }[];
      for (const { id, payload, deleted_at } of rows)
        if (id !== 'ws_acts') all.set(id, { type, payload, deleted: deleted_at !== null });
    }
    return all;
  } finally {
    db.close();
  }
}

/** The pages in which the rows of records lie, by id; a row that does not fit into one is left out. */
export function pagesOfRecords(folder: string): Map<string, number> {
  const pages = new Pages(workspaceFiles(folder).live);
  try {
    const found = new Map<string, number>();
    for (const [number, table] of readPageMap(pages).tableByLeaf) {
      const bytes = pages.page(number);
      if (!bytes || table.startsWith('audit_') || table.startsWith('sqlite_')) continue;
      for (const { values } of leafCells(pages, bytes, number).cells)
        if (JSON.stringify(values).length < 3000) found.set(String(values[0]), number);
    }
    return found;
  } finally {
    pages.close();
  }
}

/** Pages of the file in which a table and its indexes lie. */
export function pagesOf({ files }: Pick<TestWorkspace, 'files'>, table: string): number[] {
  const db = new Database(files.live, { readonly: true });
  try {
    const of = `SELECT pageno FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = ?)`;
    return db.prepare(of).pluck().all(table) as number[];
  } finally {
    db.close();
  }
}
