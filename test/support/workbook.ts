import writeExcelFile from 'write-excel-file/node';
import { zip } from './zip.ts';

export type CellValue = string | number | boolean | Date | null;

/** A workbook as a spreadsheet program writes it: the rows of each sheet by its name. */
export async function workbook(
  sheets: Readonly<Record<string, readonly (readonly CellValue[])[]>>,
): Promise<Buffer> {
  const data = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) =>
      row.map((value) => {
        if (value === null) return null;
        return value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : { value };
      }),
    ),
  }));
  return await writeExcelFile(data).toBuffer();
}

export interface RawParts {
  /** What stands within `<sheetData>`. */
  rows: string;
  strings?: string;
  styles?: string;
  properties?: string;
}

/** A workbook of one sheet, written by hand: for what no program of ours writes. */
export function rawParts({
  rows,
  strings = '',
  styles = '',
  properties = '',
}: RawParts): Record<string, string> {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  return {
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook>${properties}<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation(
      'r2',
      'sharedStrings',
      'sharedStrings.xml',
    )}${relation('r3', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`,
  };
}

export const rawWorkbook = (parts: RawParts): Buffer => zip(rawParts(parts));
