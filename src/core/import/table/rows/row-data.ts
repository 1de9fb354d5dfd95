import type { SheetChoices, ValueRule } from '#shared/contract/sheets.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { isPlainValue } from '#shared/domain/identifiers.ts';
import { defaultEnergyLoss, interfaceKind } from '#shared/domain/interfaces.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { ExistingRecord } from '../../planned-record.ts';
import { cellText } from '../cell.ts';
import type { Line } from '../cell.ts';
import type { Cells, Mapping } from '../choices.ts';
import type { DateColumn } from '../columns/date-columns.ts';
import type { NameOrder } from '../columns/name-order.ts';
import type { NumberColumns } from '../columns/number-columns.ts';
import type { References } from './reference.ts';
import type { ProblemCode, RowProblem } from './row-problems.ts';

/** The values of a row by the fields of its type. */
export interface RowData {
  line: number;
  id: string | null;
  /** The row's university, or the one chosen for rows without a university. */
  university: string | null;
  /** Whether the row names no university and belongs to that of its team. */
  isTeamUniversity: boolean;
  fields: Record<string, Json>;
  /** Fields with a column but without a value. */
  blankFields: string[];
  customValues: Record<string, Json>;
  customNumbers: Record<string, number>;
  /** Values that fit no field, by heading. */
  unfitValues: Record<string, Json>;
  flaggedFields: string[];
  /** A person's name as the table has it, if it was turned round or had titles after it; null for other names. */
  writtenName: string | null;
  isTurned: boolean;
  /** Titles after the name, kept in a custom field; ''. */
  degrees: string;
  /** The remark that was moved from the name, or ''. */
  remark: string;
  /** Reported if the row is imported, or if they are the reason why it is skipped. */
  problems: RowProblem[];
  /** Why the row is skipped, or null. */
  skipReason: ProblemCode | null;
}

/**
 * How a share field is written: `isGuessed` unless the table or the user says it; the first value as `example`. `mostPoints` is 0 unless the
 * field has marks such as "3/5": then a number up to that many points can be a mark as well.
 */
export interface FieldUnit {
  mostPoints: number;
  unit: ShareUnit;
  isGuessed: boolean;
  /** Whether the heading says it. */
  isStated: boolean;
  /** The scale on which the values can be points; null for none. */
  scale: ShareUnit | null;
  /** The greatest value as written. */
  most: string;
  example: string;
  /** Of a field that is 100 % minus its column: a value as written, and its rest in per cent. Null for other fields. */
  rest: { value: string; becomes: number } | null;
}
export type ShareUnits = ReadonlyMap<string, FieldUnit>;

export interface RowReaderParts {
  mapping: Mapping;
  cells: Cells;
  dateColumns: ReadonlyMap<number, DateColumn>;
  numberColumns: NumberColumns;
  shareUnits: ShareUnits;
  references: References;
  headings: readonly string[];
  /** Null if no column has whole names of people. */
  nameOrder: NameOrder | null;
  choices: Pick<SheetChoices, 'university'>;
}

/** Whether the user accepted a value as written. */
export function isConfirmed(rule: ValueRule | undefined): boolean {
  return rule !== undefined && rule.create;
}

/** Notes a field with a problem, unless its value was read or created. */
export function flagField(data: RowData, field: string, action: SheetProblem['action']): void {
  if (action !== 'converted' && action !== 'created') data.flaggedFields.push(field);
}

/** The row's link in the other direction. Its problems are those of the row, so it has none. */
export const reversedLink = (data: RowData): RowData => ({
  ...data,
  id: null,
  fields: { ...data.fields, from: data.fields.to ?? null, to: data.fields.from ?? null },
  customValues: { ...data.customValues },
  customNumbers: { ...data.customNumbers },
  unfitValues: { ...data.unfitValues },
  flaggedFields: [...data.flaggedFields],
  problems: [],
});

/** A new link with the values that follow from its bond and its ends: its loss and its kind. */
export function finishedLink(payload: JsonObject, typeOf: (id: string) => string | undefined): JsonObject {
  const { bond_type: bond, energy_loss: loss, from, to, interface_type: kind } = payload;
  const addedFields: Record<string, string | number> = {};
  if (loss === undefined && typeof bond === 'string' && Object.hasOwn(defaultEnergyLoss, bond))
    addedFields.energy_loss = defaultEnergyLoss[bond] as number;
  const [fromType, toType] = [from, to].map((id) => (typeof id === 'string' ? typeOf(id) : undefined));
  const kindOfEnds = fromType && toType ? interfaceKind(fromType, toType) : null;
  if (kind === undefined && kindOfEnds !== null) addedFields.interface_type = kindOfEnds;
  return { ...payload, ...addedFields };
}

export const isEndBlank = ({ blankFields }: RowData): boolean =>
  ['from', 'to'].some((end) => blankFields.includes(end));

/** A row's content, for a problem of the whole row. */
export const rowText = ({ cells }: Line): string =>
  cells
    .map(cellText)
    .filter((text) => text !== '')
    .join(' · ')
    .slice(0, 200);

/** A value of the record stays although a later rule refuses it, so that importing an exported table changes nothing. */
export function keepStoredValues(
  data: RowData,
  { payload }: ExistingRecord,
  { mapping, headings }: Pick<RowReaderParts, 'mapping' | 'headings'>,
): void {
  for (const { column, field, isRest } of mapping.fields) {
    if (isRest) continue;
    const heading = headings[column] ?? field.key;
    const [unfit, stored] = [data.unfitValues[heading], payload[field.key]];
    if (!isPlainValue(unfit) || !isPlainValue(stored)) continue;
    if (String(unfit).trim() !== String(stored).trim()) continue;
    delete data.unfitValues[heading];
    data.problems = data.problems.filter((problem) => problem.field !== field.key);
    data.flaggedFields = data.flaggedFields.filter((key) => key !== field.key);
  }
}
