import { hasOnlyDegrees, splitDegrees } from '#shared/domain/degrees.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { cutTo } from '../../../model/interchange/headings.ts';
import { cellText } from '../cell.ts';
import type { Line } from '../cell.ts';
import { lostLettersProblem } from './doubtful-names.ts';
import { joinNameParts, turnName } from '../columns/name-order.ts';
import { flagField, isConfirmed } from './row-data.ts';
import type { RowData, RowReaderParts } from './row-data.ts';

/** The custom fields of the titles after a name, and of a remark in brackets. */
export const degreesField = 'academic title';
export const remarkField = 'remark';

/** "Sunita Rao (On Leave)"; not "Veronika Tichá (jun.)", who is another person. */
const remarkAtEnd = /^(\S+\s.*?)\s*\(([^()]*\p{L}{4}[^()]*)\)$/su;

/** Joins the parts of a name, for a row that has no whole name. Degrees come last ("Miriam Groß, B.Sc."), titles such as "Dr." first. */
export function joinName(row: Line, data: RowData, { mapping, cells }: RowReaderParts): void {
  const nameCells = mapping.namePartColumns.map((column) => ({ column, choice: cells.cellAt(row, column) }));
  const textOf = ({ choice }: (typeof nameCells)[number]): string => cellText(choice.cell);
  const isAfterName = (one: (typeof nameCells)[number]): boolean =>
    one.column === mapping.titleColumn && hasOnlyDegrees(textOf(one));
  const nameParts = nameCells
    .filter((one) => !isAfterName(one))
    .map(textOf)
    .filter(Boolean);
  const degrees = nameCells.filter(isAfterName).map(textOf);
  for (const { column, choice } of nameCells) {
    const problem = lostLettersProblem(choice.cell, true);
    const value = cellText(choice.cell);
    if (!problem || isConfirmed(choice.rule)) continue;
    data.problems.push({ line: row.line, column, field: 'name', value, ...problem });
    flagField(data, 'name', problem.action);
  }
  if (nameParts.length > 0 && data.fields.name === undefined)
    data.fields.name = cutTo(
      withoutControls([joinNameParts(nameParts), ...degrees].join(', ')),
      maxLengths.name,
    );
}

/** Moves the titles and a remark after a person's name to custom fields, and puts the given name first. */
export function arrangeName(data: RowData, { mapping, nameOrder }: RowReaderParts): void {
  const { name: written } = data.fields;
  if (!isPerson(mapping.type) || typeof written !== 'string') return;
  const { name: undegreed, degrees } = splitDegrees(written);
  const [, name = undegreed, remark = ''] = remarkAtEnd.exec(undegreed) ?? [];
  const turned = nameOrder === null ? null : turnName(name, nameOrder);
  if (degrees === '' && remark === '' && turned === null) return;
  data.writtenName = written;
  data.isTurned = turned !== null;
  data.fields.name = turned ?? name;
  if (moveText(data, degreesField, degrees)) data.degrees = degrees;
  if (moveText(data, remarkField, remark)) data.remark = remark;
}

/** Whether a text became the value of a custom field, which has no other. */
function moveText(data: RowData, field: string, text: string): boolean {
  if (text === '' || data.customValues[field] !== undefined) return false;
  data.customValues[field] = text;
  return true;
}

/** Restores the name as the table has it. */
export function restoreWrittenName(data: RowData): void {
  if (data.writtenName === null) return;
  data.fields.name = data.writtenName;
  if (data.degrees !== '') delete data.customValues[degreesField];
  if (data.remark !== '') delete data.customValues[remarkField];
  data.writtenName = null;
  data.isTurned = false;
  data.degrees = '';
  data.remark = '';
}
