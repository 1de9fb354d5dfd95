import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswersResult } from '#shared/contract/confirm.ts';
import type { LogHead } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { readCells } from '#core/import/table/read/sheet-cells.ts';
import { openWorkbook } from '#core/import/table/read/workbook.ts';
import { openZip } from '#core/kernel/files/zip.ts';
import { runSync } from '#core/kernel/progress.ts';
import { resultOf } from './sandboxes.ts';
import { workbook } from './workbook.ts';
import type { TestWorkspace } from './workspace.ts';

export type Row = (string | number | boolean | null)[];
export type Sheets = Record<string, readonly Row[]>;

/** The cells of each sheet of a workbook by its name. */
export function sheetsOf(path: string): Sheets {
  const zip = openZip(readFileSync(path), 'a.xlsx');
  const book = openWorkbook(zip);
  return Object.fromEntries(
    book.sheets.map(({ name, part }) => {
      const reading = readCells(zip.text(part), 'a.xlsx', { ...book, strings: [] });
      return [name, runSync(reading).lines.map(({ cells }) => cells)];
    }),
  );
}

/** The sheets with what `answer` says to each row, as its cells by heading. */
export function answered(
  sheets: Sheets,
  answer: (cells: Record<string, unknown>) => Record<string, Row[number]>,
): Sheets {
  const changed = Object.entries(sheets).map(([name, [head = [], ...rows]]) => {
    if (!head.includes('Still true?')) return [name, [head, ...rows]] as const;
    const width = head.length;
    return [
      name,
      [
        head,
        ...rows.map((row) => {
          const cells = Object.fromEntries(head.map((heading, at) => [String(heading), row[at] ?? null]));
          const said = answer(cells);
          return Array.from({ length: width }, (_, at) => said[String(head[at])] ?? row[at] ?? null);
        }),
      ],
    ] as const;
  });
  return Object.fromEntries(changed);
}

interface Handout {
  university?: string;
  teams?: string[];
  language?: 'en' | 'de';
}

/** The sheets of a workbook for confirming links. */
export async function handOut(workspace: TestWorkspace, which: Handout = {}): Promise<Sheets> {
  const path = join(workspace.folder, '..', 'links.xlsx');
  const grant = workspace.core.grants.issue(path, 'write');
  await resultOf(workspace.as().confirm.writeSheets({ grant, ...which }));
  return sheetsOf(path);
}

/** Reads the sheets as a workbook that came back. */
export async function readSheets(
  workspace: TestWorkspace,
  sheets: Sheets,
  { who, ...more }: { who?: string; dry?: boolean; seen?: LogHead } = {},
): Promise<AnswersResult> {
  const path = join(workspace.folder, '..', 'answered.xlsx');
  writeFileSync(path, await workbook(sheets));
  const grant = workspace.core.grants.issue(path, 'read');
  return resultOf(workspace.as(who).confirm.readAnswers({ grant, ...more }));
}

export const linkOf = async (workspace: TestWorkspace, id: string): Promise<JsonObject> =>
  (await workspace.as().entities.get({ type: 'interface', id })).payload;
