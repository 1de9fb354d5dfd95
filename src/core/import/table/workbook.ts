import { clause } from '#shared/texts/sentence.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { cutTo } from '../../model/interchange/headings.ts';
import { largestOutline, longestCell, longestFormat, mostSheets, mostStrings, mostStyles } from './limits.ts';
import { parseXml, parseXmlNow } from '../../kernel/files/xml.ts';
import { damagedArchive } from '../../kernel/files/zip.ts';
import type { Archive } from '../../kernel/files/zip.ts';

/** The parts of a workbook that its cells need. */
export interface Workbook {
  /** In tab order; `part` is the part with its cells. */
  sheets: readonly { name: string; part: string }[];
  /** Days count from 1904, as on old Macs. */
  from1904: boolean;
  /** The part with shared texts, or null. */
  stringsPart: string | null;
  styles: readonly NumberStyle[];
}

/** `digits`: the format of numbers with leading zeros, as `000000` or `00-000`. */
export type NumberStyle = 'number' | 'date' | 'percent' | { digits: string };

const notOurs = (file: string) => fileRefusal('damaged_workbook', { file, why: clause('notWorkbook') });

/** Reads a workbook except cells and shared texts. Throws BAD_FILE. */
export function openWorkbook(zip: Archive): Workbook {
  const main = findMain(zip);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const relations = readRelations(zip, `${folder}_rels/${main.slice(folder.length)}.rels`, folder);
  const partOf = new Map(relations.map(({ id, part }) => [id, part]));
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  parseXmlNow(zip.text(main, largestOutline), zip.name, {
    open(tag, { date1904 = '', id = '', name = '' }) {
      if (tag === 'workbookPr') from1904 = ['1', 'true'].includes(date1904);
      if (tag !== 'sheet') return;
      const part = partOf.get(id);
      // A chart sheet has no cells.
      if (!part?.includes('worksheets/') || !zip.has(part)) return;
      if (sheets.length >= mostSheets)
        throw damagedArchive(zip.name, clause('workbookSheets', { count: mostSheets }));
      sheets.push({ name: cutTo(name, 100).toWellFormed(), part });
    },
  });
  if (sheets.length === 0) throw fileRefusal('no_rows', { file: zip.name, why: clause('noCells') });
  const strings = relations.find(({ type }) => type === 'sharedStrings')?.part;
  const styles = relations.find(({ type }) => type === 'styles')?.part;
  return {
    sheets,
    from1904,
    stringsPart: strings !== undefined && zip.has(strings) ? strings : null,
    styles: styles !== undefined && zip.has(styles) ? readStyles(zip, styles) : [],
  };
}

function findMain(zip: Archive): string {
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml';
  if (!zip.has('_rels/.rels')) throw notOurs(zip.name);
  const main = readRelations(zip, '_rels/.rels', '').find(({ type }) => type === 'officeDocument')?.part;
  if (main === undefined || !zip.has(main) || !main.endsWith('.xml')) throw notOurs(zip.name);
  return main;
}

interface Relation {
  id: string;
  type: string;
  part: string;
}

function readRelations(zip: Archive, part: string, folder: string): Relation[] {
  const relations: Relation[] = [];
  if (!zip.has(part)) return relations;
  parseXmlNow(zip.text(part, largestOutline), zip.name, {
    open(tag, { Target = '', Type = '', Id = '' }) {
      if (tag !== 'Relationship') return;
      const whole = Target.startsWith('/') ? Target.slice(1) : `${folder}${Target.replace(/^\.\//, '')}`;
      relations.push({ id: Id, type: Type.split('/').at(-1) ?? '', part: whole });
    },
  });
  return relations;
}

/** Longest kept shared text: a full cell with every character written as `_x0041_`. */
const longestShared = longestCell * 7;

/** The shared texts of the workbook `file`, without phonetic guides. Yields progress. Throws BAD_FILE beyond the limit. */
export function* readStrings(text: string, file: string): Generator<number, string[], void> {
  const strings: string[] = [];
  let parts: string[] = [];
  let inText = false;
  let aloud = false;
  yield* parseXml(text, file, {
    open(tag) {
      if (tag === 'rPh') aloud = true;
      if (tag === 't') inText = !aloud;
      if (tag === 'si') parts = [];
    },
    text(value) {
      if (inText) parts.push(value);
    },
    close(tag) {
      if (tag === 'rPh') aloud = false;
      if (tag === 't') inText = false;
      if (tag !== 'si') return;
      if (strings.length >= mostStrings)
        throw damagedArchive(file, clause('workbookTexts', { count: mostStrings }));
      strings.push(unescapeSigns(cutTo(parts.join(''), longestShared)));
    },
  });
  return strings;
}

/** Characters that XML cannot hold, such as _x000D_. */
export function unescapeSigns(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function readStyles(zip: Archive, part: string): NumberStyle[] {
  const formats = new Map<number, string>();
  const known = new Map<number, NumberStyle>();
  const styles: NumberStyle[] = [];
  let inCells = false;
  parseXmlNow(zip.text(part, largestOutline), zip.name, {
    open(tag, { numFmtId = '0', formatCode = '' }) {
      if (tag === 'cellXfs') inCells = true;
      const id = Number(numFmtId);
      if (tag === 'numFmt' && formats.size < mostStyles) formats.set(id, formatCode.slice(0, longestFormat));
      if (tag !== 'xf' || !inCells || styles.length >= mostStyles) return;
      const style = known.get(id) ?? styleOf(id, formats.get(id));
      known.set(id, style);
      styles.push(style);
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** Built-in formats: ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are East Asian dates. */
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
  const first = code.split(';')[0] ?? '';
  const digits = first.replaceAll(/"([^"]*)"|\\(.)|\[[^\]]*\]|_./g, '$1$2').trim();
  if (/^[^\d#?.,%EedmyhsGA@*]*0[0 ./()-]*0[^\d#?.,%]*$/.test(digits) && !/0\.0/.test(digits))
    return { digits };
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0] ?? '';
  if (bare.includes('%')) return 'percent';
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare) ? 'date' : 'number';
}
