import { refusal } from '../../files/refusal.ts';
import { largestOutline, longestCell, longestFormat, mostSheets, mostStrings, mostStyles } from './limits.ts';
import { cutTo } from '../../interchange/headings.ts';
import { XmlScanner, found } from './xml.ts';
import { damaged } from './zip.ts';
import type { Archive } from './zip.ts';

/** What a workbook is made of, as far as its cells need it. */
export interface Workbook {
  /** In the order of the program's tabs; `part` is the name of the part that holds it. */
  sheets: readonly { name: string; part: string }[];
  /** Days are counted from 1904, as old Macs did. */
  from1904: boolean;
  /** The part with the texts that cells share, or null. */
  stringsPart: string | null;
  /** For each style of a cell: how its numbers are shown. */
  styles: readonly NumberStyle[];
}

export type NumberStyle = 'number' | 'date' | 'percent';

const notOurs = (file: string) =>
  refusal(
    'damaged_workbook',
    `${file} is no Excel workbook (.xlsx). Save it as .xlsx or CSV in your spreadsheet program.`,
  );

/** Reads all of a workbook but its cells and their texts. Throws BAD_FILE. */
export async function openWorkbook(zip: Archive): Promise<Workbook> {
  const main = await findMain(zip);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const relations = await readRelations(zip, `${folder}_rels/${main.slice(folder.length)}.rels`, folder);
  const partOf = new Map(relations.map(({ id, part }) => [id, part]));
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  const xml = new XmlScanner(await zip.text(main, largestOutline));
  for (let at = xml.next(); at !== found.end; at = xml.next()) {
    if (at !== found.open) continue;
    if (xml.name === 'workbookPr') from1904 = ['1', 'true'].includes(xml.attribute('date1904') ?? '');
    if (xml.name !== 'sheet') continue;
    const part = partOf.get(xml.attribute('id') ?? '');
    // A chart may stand among the sheets; it has no cells.
    if (!part?.includes('worksheets/') || !zip.has(part)) continue;
    if (sheets.length >= mostSheets)
      throw damaged(zip.name, `it has more than ${mostSheets} sheets, which is as many as can be read`);
    sheets.push({ name: cutTo(xml.attribute('name') ?? '', 100).toWellFormed(), part });
  }
  if (sheets.length === 0) throw refusal('no_rows', `${zip.name} has no sheet with cells.`);
  const strings = relations.find(({ type }) => type === 'sharedStrings')?.part;
  const styles = relations.find(({ type }) => type === 'styles')?.part;
  return {
    sheets,
    from1904,
    stringsPart: strings !== undefined && zip.has(strings) ? strings : null,
    styles: styles !== undefined && zip.has(styles) ? readStyles(await zip.text(styles, largestOutline)) : [],
  };
}

async function findMain(zip: Archive): Promise<string> {
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml';
  if (!zip.has('_rels/.rels')) throw notOurs(zip.name);
  const main = (await readRelations(zip, '_rels/.rels', '')).find(
    ({ type }) => type === 'officeDocument',
  )?.part;
  if (main === undefined || !zip.has(main) || !main.endsWith('.xml')) throw notOurs(zip.name);
  return main;
}

interface Relation {
  id: string;
  /** The last word of its type's address. */
  type: string;
  part: string;
}

async function readRelations(zip: Archive, part: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  if (!zip.has(part)) return relations;
  const xml = new XmlScanner(await zip.text(part, largestOutline));
  for (let at = xml.next(); at !== found.end; at = xml.next()) {
    if (at !== found.open || xml.name !== 'Relationship') continue;
    const target = xml.attribute('Target') ?? '';
    const type = (xml.attribute('Type') ?? '').split('/').at(-1) ?? '';
    const whole = target.startsWith('/') ? target.slice(1) : `${folder}${target.replace(/^\.\//, '')}`;
    relations.push({ id: xml.attribute('Id') ?? '', type, part: whole });
  }
  return relations;
}

/** So much of a shared text is kept: a cell's whole text, were each of its signs written as `_x0041_`. */
const longestShared = longestCell * 7;

/** How many tags are read between two places where others may have their turn. */
const tagsAStep = 256;

/**
 * The texts that the cells of the workbook called `file` share. What tells how signs are read aloud is no part of a text. Yields how
 * far it is. Throws BAD_FILE where there are more than can be held.
 */
export function* readStrings(text: string, file: string): Generator<number, string[], void> {
  const strings: string[] = [];
  const xml = new XmlScanner(text);
  let parts: string[] = [];
  let inText = false;
  let aloud = false;
  let count = 0;
  for (let at = xml.next(); at !== found.end; at = xml.next()) {
    if (++count % tagsAStep === 0) yield xml.at;
    if (at === found.text) {
      if (inText && xml.value !== '') parts.push(xml.value);
      continue;
    }
    const opens = at === found.open;
    if (xml.name === 'rPh') aloud = opens;
    if (xml.name === 't') inText = opens && !aloud;
    if (xml.name !== 'si') continue;
    if (opens) parts = [];
    else if (strings.length < mostStrings) strings.push(unescapeSigns(cutTo(parts.join(''), longestShared)));
    else
      throw damaged(file, `it has more than ${mostStrings} different texts, which is as many as can be read`);
  }
  return strings;
}

/** Workbooks write signs that XML cannot hold as _x000D_. */
export function unescapeSigns(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function readStyles(text: string): NumberStyle[] {
  const formats = new Map<number, string>();
  const known = new Map<number, NumberStyle>();
  const styles: NumberStyle[] = [];
  const xml = new XmlScanner(text);
  let inCells = false;
  for (let at = xml.next(); at !== found.end; at = xml.next()) {
    if (xml.name === 'cellXfs' && at !== found.text) inCells = at === found.open;
    if (at !== found.open) continue;
    if (xml.name === 'numFmt' && formats.size < mostStyles)
      formats.set(
        Number(xml.attribute('numFmtId')),
        (xml.attribute('formatCode') ?? '').slice(0, longestFormat),
      );
    if (xml.name === 'xf' && inCells && styles.length < mostStyles) {
      const id = Number(xml.attribute('numFmtId') ?? 0);
      const style = known.get(id) ?? styleOf(id, formats.get(id));
      known.set(id, style);
      styles.push(style);
    }
  }
  return styles;
}

/** Formats that every program knows by number: ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are dates in East Asia. */
const dates: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

function styleOf(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) {
    if (dates.some(([from, to]) => id >= from && id <= to)) return 'date';
    return id === 9 || id === 10 ? 'percent' : 'number';
  }
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0] ?? '';
  if (bare.includes('%')) return 'percent';
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare) ? 'date' : 'number';
}
