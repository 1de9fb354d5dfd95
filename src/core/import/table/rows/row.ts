import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import { isTwoStepsFromBond } from '#shared/domain/interfaces.ts';
import { joinNames } from '#shared/domain/name-lists.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxLengths, maxReferences } from '#shared/domain/limits.ts';
import { cutTo } from '../../../model/interchange/headings.ts';
import { unfitValuesKey } from '../../../model/interchange/keys.ts';
import { isInPercent, toPercent } from '../../units.ts';
import type { CorrectedCell, FieldColumn, Mapping } from '../choices.ts';
import { readDate, readDateField } from '../columns/date-columns.ts';
import type { DateReading } from '../columns/date-columns.ts';
import { lostLettersProblem } from './doubtful-names.ts';
import type { ReadReference } from './reference.ts';
import { flagField, isConfirmed } from './row-data.ts';
import type { FieldUnit, RowData, RowReaderParts } from './row-data.ts';
import { arrangeName, joinName } from './row-name.ts';
import type { ProblemCode, RowProblem } from './row-problems.ts';
import { cellText } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';
import { readShare } from '../columns/share-columns.ts';
import { readCell } from '../values.ts';

/** Reads one row. Values that fit no field are kept separately. */
export function readRow(row: Line, parts: RowReaderParts): RowData {
  const { mapping, choices } = parts;
  const data: RowData = {
    line: row.line,
    id: null,
    university: choices.university,
    isTeamUniversity: false,
    fields: {},
    blankFields: [],
    customValues: {},
    customNumbers: {},
    // Without a prototype, because the keys are headings, which can be any word.
    unfitValues: Object.create(null) as Record<string, Json>,
    flaggedFields: [],
    writtenName: null,
    isTurned: false,
    degrees: '',
    remark: '',
    problems: [],
    skipReason: null,
  };
  if (mapping.recordIdColumn !== null) readId(row, mapping.recordIdColumn, data, parts);
  for (const fieldColumn of mapping.fields) readFieldCell(row, fieldColumn, data, parts);
  for (const customColumn of mapping.customFields) readCustomCell(row, customColumn, data, parts);
  joinName(row, data, parts);
  arrangeName(data, parts);
  checkLoss(data, mapping);
  return data;
}

function readFieldCell(row: Line, fieldColumn: FieldColumn, data: RowData, parts: RowReaderParts): void {
  const { mapping, cells, headings, dateColumns, numberColumns } = parts;
  const { column, field } = fieldColumn;
  const idColumn = mapping.idColumns.get(field.key);
  const idCell = idColumn === undefined ? null : cells.cellAt(row, idColumn).cell;
  const nameCell = cells.cellAt(row, column);
  const correctedCell =
    nameCell.cell === null && nameCell.rule === undefined ? { ...nameCell, cell: idCell } : nameCell;
  const { cell } = correctedCell;
  if (cell === null) {
    reportPlaceholder(data, correctedCell, { column, field: field.key });
    data.blankFields.push(field.key);
    return;
  }
  if (field.kind === 'reference') {
    const first = field.key === 'team_id' ? readFurtherTeams(correctedCell, fieldColumn, data, parts) : null;
    return readReferenceCell(
      row,
      fieldColumn,
      { correctedCell: first ?? correctedCell, idCell },
      data,
      parts,
    );
  }
  if (field.kind === 'references') return readList(data, correctedCell, fieldColumn, parts);
  const dates = field.kind === 'date' ? dateColumns.get(column) : undefined;
  const reading: DateReading = dates
    ? readDateField(field, cell, dates)
    : readCell(field, cell, numberColumns.notationOf(column));
  const shareUnit = parts.shareUnits.get(field.key);
  const {
    value,
    isUnfit,
    problem = textProblem(field, cell),
    example = cellText(cell),
  }: DateReading = shareUnit ? readShare(fieldColumn, cell, reading, shareUnit) : reading;
  const problemBase = { line: row.line, column, field: field.key };
  const isAccepted =
    problem?.action === 'kept' && confirmableCodes.has(problem.code) && isConfirmed(correctedCell.rule);
  if (problem && !isAccepted) {
    data.problems.push({ ...problemBase, value: example, ...problem });
    flagField(data, field.key, problem.action);
  }
  if (value !== undefined) data.fields[field.key] = value;
  if (value !== undefined && shareUnit) reportShare(data, problemBase, cell, shareUnit);
  if (isUnfit) data.unfitValues[headings[column] ?? field.key] = cell;
}

/** Reads the further teams of a student from a cell with several known teams. Returns the cell of the first team; null for other cells. */
function readFurtherTeams(
  { cell, rule }: CorrectedCell,
  { column, field }: FieldColumn,
  data: RowData,
  parts: RowReaderParts,
): CorrectedCell | null {
  const { type, fields } = parts.mapping;
  const furtherTeams = fieldOf(type, 'other_team_ids');
  if (!furtherTeams || rule || fields.some((other) => other.field.key === furtherTeams.key)) return null;
  const value = cellText(cell);
  const [first, ...further] = parts.references.severalKnown(field, value);
  if (first === undefined) return null;
  const becomes = joinNames(further);
  data.problems.push({
    line: data.line,
    column,
    field: field.key,
    value,
    code: 'several_teams',
    action: 'converted',
    becomes,
  });
  readList(data, { cell: becomes, rule: undefined }, { column, field: furtherTeams, isRest: false }, parts);
  return { cell: first, rule: undefined };
}

function readReferenceCell(
  row: Line,
  { column, field }: FieldColumn,
  { correctedCell, idCell }: { correctedCell: CorrectedCell; idCell: Cell },
  data: RowData,
  parts: RowReaderParts,
): void {
  const { cell } = correctedCell;
  const { id, problem } = parts.references.read(
    field,
    correctedCell,
    data.university,
    idCell === null ? null : cellText(idCell),
    universityOfEnd(row, field.key, data, parts),
  );
  if (problem) {
    const isUnknownEnd = field.to === 'any' && id === null;
    data.problems.push({
      line: row.line,
      column,
      field: field.key,
      value: cellText(cell),
      ...problem,
      ...(isUnknownEnd ? ({ code: endProblemCode(problem.code), action: 'skipped' } as const) : {}),
    });
    flagField(data, field.key, problem.action);
    if (isUnknownEnd) data.skipReason = 'end_unknown';
  }
  if (id === null) data.unfitValues[parts.headings[column] ?? field.key] = cell;
  else data.fields[field.key] = id;
  if (field.key === 'university_id') data.university = id;
}

function readCustomCell(
  row: Line,
  { column, name }: Mapping['customFields'][number],
  data: RowData,
  { cells, numberColumns, dateColumns }: RowReaderParts,
): void {
  const correctedCell = cells.cellAt(row, column);
  const { cell, rule } = correctedCell;
  if (cell === null) return reportPlaceholder(data, correctedCell, { column, field: name });
  const number = numberColumns.customNumbers.get(column)?.(cellText(cell)) ?? null;
  if (number !== null) {
    data.customValues[name] = cellText(cell);
    data.customNumbers[name] = number;
    return;
  }
  const dates = dateColumns.get(column);
  const { value, problem: dateProblem, example = cellText(cell) } = dates ? readDate(dates, cell) : {};
  const problem = dateProblem ?? (isConfirmed(rule) ? undefined : lostLettersProblem(cell, false));
  if (problem) {
    data.problems.push({ line: row.line, column, field: name, value: example, ...problem });
    flagField(data, name, problem.action);
  }
  const text = typeof cell === 'string' ? cutTo(cell.trim(), maxLengths.text) : cell;
  if (typeof cell === 'string' && typeof text === 'string' && text !== cell.trim()) {
    const [start, becomes] = [cell, text].map((long) => `${cutTo(long, 40)}… (${long.length})`);
    data.problems.push({
      line: row.line,
      column,
      field: name,
      value: start ?? '',
      code: 'out_of_range',
      action: 'converted',
      becomes: becomes ?? '',
    });
  }
  data.customValues[name] = value ?? text;
}

/** Reads a cell with several names. Unknown names are kept separately. */
function readList(
  data: RowData,
  { cell }: CorrectedCell,
  { column, field }: FieldColumn,
  { cells, references, headings }: RowReaderParts,
): void {
  const ids: string[] = [];
  const unreadNames: string[] = [];
  for (const value of references.namesIn(field, cellText(cell))) {
    const nameCell = cells.nameAt(column, value);
    const reference: ReadReference =
      nameCell.cell === null ? { id: null } : references.read(field, nameCell, data.university);
    const isSurplus = reference.id !== null && !ids.includes(reference.id) && ids.length >= maxReferences;
    const { id, problem }: ReadReference = isSurplus
      ? { id: null, problem: { code: 'out_of_range', action: 'empty' } }
      : reference;
    if (problem) {
      data.problems.push({ line: data.line, column, field: field.key, value, ...problem });
      flagField(data, field.key, problem.action);
    }
    if (id === null) unreadNames.push(value);
    else if (!ids.includes(id)) ids.push(id);
  }
  // If no name is known, the field is unchanged, like a single reference.
  if (ids.length > 0 || unreadNames.length === 0) data.fields[field.key] = ids;
  if (unreadNames.length > 0) data.unfitValues[headings[column] ?? field.key] = joinNames(unreadNames);
}

function reportPlaceholder(
  data: RowData,
  { placeholder }: CorrectedCell,
  { column, field }: Pick<RowProblem, 'column' | 'field'>,
): void {
  if (placeholder === undefined) return;
  const problemBase = { line: data.line, column, field, value: placeholder };
  data.problems.push({ ...problemBase, code: 'placeholder', action: 'converted', becomes: '' });
}

const endProblemCode = (code: ProblemCode): 'end_ambiguous' | 'end_unknown' =>
  code === 'reference_ambiguous' ? 'end_ambiguous' : 'end_unknown';

/** The university that a row names for an end of its link; undefined if unknown. */
function universityOfEnd(
  row: Line,
  field: string,
  data: RowData,
  { mapping, cells, references }: RowReaderParts,
): string | undefined {
  const column = field === 'from' || field === 'to' ? mapping.universityColumns[field] : null;
  const choice = column === null ? null : cells.cellAt(row, column);
  if (choice === null || choice.cell === null) return undefined;
  const { id, problem } = references.readUniversityOfEnd(choice);
  if (problem)
    data.problems.push({
      line: row.line,
      column,
      field: 'university_id',
      value: cellText(choice.cell),
      ...problem,
    });
  return id ?? undefined;
}

/** Reports how a share is read, the same for all values of its column. The rest of one shows its unit as well. */
function reportShare(
  data: RowData,
  problemBase: Pick<RowProblem, 'line' | 'column' | 'field'>,
  cell: Cell,
  { unit, isGuessed, isStated, example, rest, scale, most }: FieldUnit,
): void {
  const action = 'converted';
  if (rest) data.problems.push({ ...problemBase, ...rest, code: 'share_rest', action });
  else if (unit !== 'percent' && (isGuessed || isStated) && !isInPercent(cell)) {
    const becomes = toPercent(Number(example.replace(',', '.')), unit);
    data.problems.push({ ...problemBase, value: example, code: 'share_fraction', action, becomes });
  } else if (unit === 'percent' && isGuessed && scale !== null)
    data.problems.push({ ...problemBase, value: most, code: 'share_small', action: 'kept' });
}

/** Reports a loss that does not fit its bond. */
function checkLoss(data: RowData, { fields }: Mapping): void {
  const { bond_type: bond, energy_loss: loss } = data.fields;
  if (typeof loss !== 'number' || !isTwoStepsFromBond(bond, loss)) return;
  const column = fields.find(({ field }) => field.key === 'energy_loss')?.column ?? null;
  const problemBase = { line: data.line, column, field: 'energy_loss', value: `${loss} %` };
  data.problems.push({ ...problemBase, code: 'loss_bond', action: 'kept', becomes: bond });
  data.flaggedFields.push('energy_loss');
}

/** Problems that the user can confirm as right. */
const confirmableCodes: ReadonlySet<ProblemCode> = new Set([
  'unknown_choice',
  'lost_letters',
  'unlikely_number',
  'not_a_date',
]);

function textProblem({ kind }: Field, cell: Cell): ReturnType<typeof lostLettersProblem> {
  return kind === 'text' || kind === 'longtext' || kind === 'json'
    ? lostLettersProblem(cell, kind === 'text')
    : undefined;
}

function readId(row: Line, column: number, data: RowData, { cells }: RowReaderParts): void {
  const { cell } = cells.cellAt(row, column);
  if (cell === null) return;
  const value = cellText(cell);
  if (recordId.safeParse(value).success) data.id = value;
  else data.problems.push({ line: row.line, column, field: 'id', value, code: 'bad_id', action: 'empty' });
}

/** The payload of a row: fields, custom fields, and values that fit none. */
export function payloadOf({ customValues, customNumbers, fields, unfitValues }: RowData): JsonObject {
  const unfitPart = Object.keys(unfitValues).length === 0 ? {} : { [unfitValuesKey]: { ...unfitValues } };
  return { ...customValues, ...customNumbers, ...fields, ...unfitPart };
}

/** The content of a skipped row, by field or custom name, without the rest of shares, which is no value of a field. */
export function rawFields(row: Line, { mapping, cells }: RowReaderParts): Record<string, Json> {
  const fields: Record<string, Json> = {};
  for (const { column, field, isRest } of mapping.fields)
    if (!isRest) fields[field.key] = cells.peekAt(row, column).cell;
  for (const { column, name } of mapping.customFields) fields[name] = cells.peekAt(row, column).cell;
  return Object.fromEntries(Object.entries(fields).filter(([, cell]) => cell !== null));
}

/** The row's name, or ''. */
export function nameOf({ fields }: RowData): string {
  return typeof fields.name === 'string' ? fields.name : '';
}
