import { readFileSync } from 'node:fs';
import { readCells } from '#core/import/table/sheet-cells.ts';
import { openWorkbook } from '#core/import/table/workbook.ts';
import { openZip } from '#core/kernel/files/zip.ts';

export type Row = (string | number | boolean | null)[];
export type Sheets = Record<string, readonly Row[]>;

/** The cells of each sheet of a workbook by its name. */
export function sheetsOf(path: string): Sheets {
  const zip = openZip(readFileSync(path), 'a.xlsx');
  const book = openWorkbook(zip);
  return Object.fromEntries(
    book.sheets.map(({ name, part }) => {
      const reading = readCells(zip.text(part), 'a.xlsx', { ...book, strings: [] });
      for (let step = reading.next(); ; step = reading.next())
        if (step.done) return [name, step.value.lines.map(({ cells }) => cells)];
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
