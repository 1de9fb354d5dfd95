import type { ColumnTarget } from '#shared/contract/sheets.ts';
import { plainColumn } from './heading-match.ts';
import { cellText } from '../cell.ts';
import type { Table } from '../read/table.ts';

const referenceFields: ReadonlySet<string> = new Set(['university_id', 'team_id', 'project_id']);

/** Headings of the texts of codes: "Group Descr", "Org.eenheid (tekst)". */
const descriptionWord =
  /(?<!\p{L})(?:desc|descr|description|name|title|text|long|bezeichnung|beschreibung|libelle|intitule|nom|nombre|descripcion|descrizione|nome|omschrijving|naam|tekst|nazwa|opis|nazev|popis|namn|benamning|navn|nimi|adi|nev|megnevezes|denumire|naziv|название|наименование|名称|名)(?!\p{L})/u;

const sampledRows = 200;
const maxCodeLength = 12;

const isCode = (text: string): boolean =>
  text.length <= maxCodeLength && !/[\p{Ll}\s]/u.test(text) && /[\p{Lu}\d]/u.test(text);

/** Whether each code has one text and each text one code. */
function isOneToOne(pairs: readonly (readonly [string, string])[]): boolean {
  const [textByCode, codeByText] = [new Map<string, string>(), new Map<string, string>()];
  return pairs.every(([code, text]) => {
    if ((textByCode.get(code) ?? text) !== text || (codeByText.get(text) ?? code) !== code) return false;
    textByCode.set(code, text);
    codeByText.set(text, code);
    return true;
  });
}

/**
 * Student and personnel systems write a code and its text in two columns: the text is the name of a team, project or university. Moves
 * the field from the code to the text. `isDecided` columns stay.
 */
export function preferTextsToCodes(
  targets: ColumnTarget[],
  { columns, rows }: Pick<Table, 'columns' | 'rows'>,
  isDecided: (column: number) => boolean,
): void {
  const first = rows.slice(0, sampledRows);
  const textAt = (row: (typeof first)[number], column: number): string => cellText(row.cells[column]).trim();
  for (const [column, target] of targets.entries()) {
    if (target.to !== 'field' || !referenceFields.has(target.field) || isDecided(column)) continue;
    const codes = first.map((row) => textAt(row, column)).filter((text) => text !== '');
    if (codes.length === 0 || codes.some((text) => !isCode(text))) continue;
    const heading = plainColumn(columns[column] ?? '').split(' ')[0] ?? '';
    const text = [...targets.keys()].find((other) => {
      if (targets[other]?.to !== 'own' || isDecided(other)) return false;
      const pairs = first
        .map((row) => [textAt(row, column), textAt(row, other)] as const)
        .filter(([code, name]) => code !== '' && name !== '');
      const otherHeading = plainColumn(columns[other] ?? '');
      const [otherFirst = ''] = otherHeading.split(' ');
      const isRelated =
        otherFirst.length > 2 && (heading.startsWith(otherFirst) || otherFirst.startsWith(heading));
      const isText = pairs.length >= codes.length * 0.8 && pairs.every(([, name]) => /\p{Ll}/u.test(name));
      const isNext = other === column + 1;
      return isText && descriptionWord.test(otherHeading) && (isRelated || isNext) && isOneToOne(pairs);
    });
    if (text === undefined) continue;
    targets[text] = target;
    targets[column] = { to: 'own', name: columns[column] ?? '' };
  }
}
