import { sheetTypes } from '#shared/contract/sheets.ts';
import type { ColumnTarget, SheetType } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { toCustomName } from '#shared/domain/custom-fields.ts';
import {
  nameByHeading,
  headingsByField,
  fieldByHeading,
  stripCustomMark,
  plainHeading,
  stripDeclaredMark,
  vagueHeadings,
} from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import type { CustomNamesOf } from '../../model/interchange/headings.ts';
import { unfitValuesKey, keyTables } from '../../model/interchange/keys.ts';
import { readOnlyReason } from './read-only-columns.ts';
import { findRowTypes, hasRowsOfType } from './row-types.ts';
import { cellText, isBlank } from './table.ts';
import type { Cell, Table } from './table.ts';
import { readNumber, readYesNo } from './values.ts';
import { knownValue } from './synonyms.ts';

const sampledRows = 200;

export interface Guesses {
  type: SheetType;
  score: number;
  byType: Record<SheetType, ColumnTarget[]>;
}

/** Fields that a column can become. Lists and objects have no cell; other notes can also be text. */
export function targetFields(type: SheetType): readonly Field[] {
  return fieldsOf(type).filter(
    ({ key, kind }) => kind !== 'json' || key === 'meta' || key === 'factor_values',
  );
}

/** Guesses each column's meaning for each type, and the type of the rows. A column named like a custom field becomes that field. */
export function guessColumns(
  table: Table,
  sheetName: string,
  customNames: CustomNamesOf = () => [],
): Guesses {
  const samples = table.columns.map((_, column) =>
    table.rows
      .slice(0, sampledRows)
      .flatMap(({ cells }) => (isBlank(cells[column]) ? [] : [cells[column] as Cell])),
  );
  const rowTypes = findRowTypes(table);
  const guesses = sheetTypes.map((type) => ({
    type,
    ...guessFor(type, table, samples, nameByHeading(customNames(type)), rowTypes !== null),
  }));
  const words = plainHeading(sheetName).split(' ');
  const score = ({ type, hits }: { type: SheetType; hits: number }): number =>
    hits + (typeWords[type].some((word) => words.includes(word)) ? 1.6 : 0);
  const best = guesses.toSorted((a, b) => score(b) - score(a))[0];
  if (rowTypes) {
    // The column of types becomes no field.
    for (const { type, targets } of guesses)
      if (hasRowsOfType(rowTypes, type)) targets[rowTypes.column] = { to: 'ignore' };
  }
  // A list of links has a heading for each end; its "Type" can be a role ("member", "mentor").
  const isLinkList = best?.type === 'interface' && hasEnds(best.targets);
  const rowType = isLinkList ? undefined : rowTypes?.counts[0]?.[0];
  return {
    type: rowType ?? best?.type ?? 'team',
    score: best?.hits ?? 0,
    byType: Object.fromEntries(guesses.map(({ type, targets }) => [type, targets])) as Guesses['byType'],
  };
}

const hasEnds = (targets: readonly ColumnTarget[]): boolean =>
  ['from', 'to'].every((end) => targets.some((target) => target.to === 'field' && target.field === end));

/** The custom fields of columns: those that a heading names or marks, and those that columns become by default. */
function customHeadingsOf(
  type: SheetType,
  columns: readonly string[],
  existingNames: ReadonlyMap<string, string>,
) {
  // An existing custom field of exactly that name comes first.
  const existingName = (heading: string): string | undefined =>
    existingNames.get(heading) ?? existingNames.get(customFieldName(type, heading));
  const markedNames = new Set(columns.flatMap((heading) => stripDeclaredMark(heading) ?? []));
  // A heading that also names a field ("Name") means the field, unless the table marks the custom field.
  const isAlsoField = columns.map(
    (heading) =>
      existingName(heading) !== undefined &&
      fieldByHeading(type, heading) !== null &&
      !markedNames.has(heading),
  );
  const customNames = columns.map((heading, column) => {
    if (isAlsoField[column]) return undefined;
    const name = stripCustomMark(heading);
    if (name !== null) return existingName(heading) ?? existingName(name) ?? customFieldName(type, name);
    return existingName(heading) ?? (markedNames.has(heading) ? customFieldName(type, heading) : undefined);
  });
  const defaultNames = columns.map(
    (heading, column) => customNames[column] ?? existingName(heading) ?? customFieldName(type, heading),
  );
  return { customNames, isAlsoField, defaultNames };
}

function guessFor(
  type: SheetType,
  table: Table,
  samples: readonly (readonly Cell[])[],
  existingNames: ReadonlyMap<string, string>,
  hasRowTypes: boolean,
) {
  const fields = targetFields(type);
  const ownTypeWords = new Set(typeWords[type]);
  const { customNames, isAlsoField, defaultNames } = customHeadingsOf(type, table.columns, existingNames);
  const headings = table.columns.map((name) => stripDeclaredMark(name) ?? name);
  const readOnlyReasons = headings.map((name, column) =>
    customNames[column] === undefined ? readOnlyReason(type, name, samples[column] ?? []) : null,
  );
  // In an exported list no heading is ambiguous.
  const isExported = readOnlyReasons.some((why) => why !== null);
  const rankings = headings.map((name, column) =>
    customNames[column] === undefined
      ? rankFields(name, {
          column,
          fields,
          ownTypeWords,
          isExported,
          hasRowTypes,
          cells: samples[column] ?? [],
        })
      : [],
  );
  const targets: ColumnTarget[] = defaultNames.map((name) => ({ to: 'own', name }));
  const usedTargets = new Set<string>();
  const fieldsWithIds = new Set<string>();
  let hits = 1.5 * customNames.filter((name) => name !== undefined).length;
  // Most certain first: marked fields, then "Team name", which must precede "Name"; custom fields after equally named fields.
  const rankedFields = rankings.flatMap((ranks, column) =>
    ranks.map((rank) => ({
      ...rank,
      column,
      certainty:
        rank.score + (headings[column] === table.columns[column] ? 0 : 2) - (isAlsoField[column] ? 0.25 : 0),
    })),
  );
  const assignedColumns = new Set<number>();
  for (const [column, heading] of headings.entries()) {
    const target = customNames[column] === undefined ? specialTarget(type, heading) : null;
    // A second column with the same target is ignored, so that several columns about universities do not look like links.
    const targetKey = JSON.stringify(target);
    if (target === null || usedTargets.has(targetKey)) continue;
    usedTargets.add(targetKey);
    assignedColumns.add(column);
    targets[column] = target;
    hits += 1;
  }
  const sortedFields = rankedFields.toSorted((a, b) => b.certainty - a.certainty || a.column - b.column);
  for (const { field, score, column, isId } of sortedFields) {
    if (assignedColumns.has(column)) continue;
    if (usedTargets.has(field)) {
      if (!isId || fieldsWithIds.has(field)) continue;
      fieldsWithIds.add(field);
      assignedColumns.add(column);
      targets[column] = { to: 'id_of', field };
      continue;
    }
    usedTargets.add(field);
    assignedColumns.add(column);
    targets[column] = field === 'id' ? { to: 'id' } : { to: 'field', field };
    if (field !== 'id') hits += score * weightOf(field, score, column);
  }
  for (const [column, cells] of samples.entries()) {
    if (assignedColumns.has(column)) continue;
    const why = readOnlyReasons[column] ?? null;
    if (why === 'computed') hits += 0.5;
    if (customNames[column] !== undefined) continue;
    if (why !== null) targets[column] = { to: 'ignore', why };
    else if (cells.length === 0) targets[column] = { to: 'ignore' };
  }
  return { targets, hits };
}

const nameParts: Readonly<Record<'first' | 'last', readonly string[]>> = {
  first: ['first name', 'given name', 'forename', 'vorname'],
  last: ['last name', 'surname', 'family name', 'nachname', 'familienname'],
};
const universityWords: readonly string[] = ['university', 'universitat', 'uni', 'school', 'hochschule'];

/**
 * The end of a link whose university a heading names ("From university", "Uni (nach)"); `both` if it names no end, null for other headings.
 */
function endOfUniversity(name: string): 'from' | 'to' | 'both' | null {
  if (universityWords.includes(name)) return 'both';
  const words = name.split(' ');
  const others = words.filter((word) => !universityWords.includes(word));
  const [endWord = ''] = others;
  if (words.length !== 2 || others.length !== 1) return null;
  return (['from', 'to'] as const).find((field) => headingsByField[field]?.includes(endWord)) ?? null;
}

/** The meaning of a heading for part of a name, or for the university of a link's end; null for others. */
function specialTarget(type: SheetType, heading: string): ColumnTarget | null {
  const name = plainHeading(heading);
  if (type === 'student' || type === 'faculty')
    for (const part of ['first', 'last'] as const)
      if (nameParts[part].includes(name)) return { to: 'name_part', part };
  const field = type === 'interface' ? endOfUniversity(name) : null;
  return field && { to: 'university_of', field };
}

/** "Loss (%)", "Verlust in Prozent" */
const unitSuffixPattern = /\s+(?:in\s+)?(?:%|percent|per cent|prozent)$/;

function weightOf(field: string, score: number, column: number): number {
  if (distinctiveFields.has(field)) return 1.5;
  if (field !== 'name') return 1;
  if (score < 1) return 0.3;
  return column === 0 ? 2 : 1;
}

/** Fields that only one type has, so that they show the type. */
const distinctiveFields: ReadonlySet<string> = new Set([
  'discipline',
  'size',
  'graduation_term',
  'terms_remaining',
  'team_id',
  'other_team_ids',
  'duration_months',
  'role',
  'from',
  'to',
  'bond_type',
  'energy_loss',
  'bearers',
  'documented',
  'cohort_year',
  'outcome_type',
  'success',
  'who',
  'with',
]);

interface Rank {
  field: string;
  score: number;
  isId?: boolean;
}

/** "University (id)", the heading of exported ids. */
const idHeadingPattern = /^(.+?)\s*\(id\)$/i;

interface RankingInput {
  column: number;
  fields: readonly Field[];
  ownTypeWords: ReadonlySet<string>;
  isExported: boolean;
  hasRowTypes: boolean;
  cells: readonly Cell[];
}

function rankFields(
  heading: string,
  { column, fields, ownTypeWords, isExported, hasRowTypes, cells }: RankingInput,
): Rank[] {
  const name = plainHeading(heading);
  const ranks: Rank[] = [];
  if (headingsByField.id?.includes(name)) ranks.push({ field: 'id', score: 1 });
  const referenceName = plainHeading(idHeadingPattern.exec(heading.trim())?.[1] ?? '');
  if (referenceName !== '') {
    const field = fields.find(
      ({ key, kind }) => kind === 'reference' && headingsByField[key]?.includes(referenceName),
    );
    // Scores less than the column of names.
    if (field) return [{ field: field.key, score: 0.9, isId: true }];
  }
  for (const field of fields) {
    const words = [plainHeading(field.key), ...(headingsByField[field.key] ?? [])];
    const isDoubtful =
      !isExported && vagueHeadings.has(name) && field.list !== undefined && listedShare(field, cells) === 0;
    const bareName =
      field.unit === 'percent' && !words.includes(name) ? name.replace(unitSuffixPattern, '') : name;
    if (words.includes(bareName) && !isDoubtful) {
      // The headings that our own lists use come first.
      const bonus = words.indexOf(bareName) <= 2 ? 0.01 : 0;
      // A heading that is the key ("team_id") holds ids if another column ("team") has the names.
      const isId = field.kind === 'reference' && heading.trim() === field.key;
      const certainty = (isPlausible(field, cells) ? 1 : 0.3) + bonus - (isId ? 0.02 : 0);
      ranks.push({ field: field.key, score: certainty, ...(isId ? { isId } : {}) });
    } else if (field.key === 'name' && (ownTypeWords.has(name) || isNameHeading(name, ownTypeWords)))
      // The plain heading "Name" comes first in an exported list, and in a table of several types, where "Team" is a reference.
      ranks.push({ field: 'name', score: isExported || hasRowTypes ? 1 : 1.2 });
    // A first column without a known heading is the name.
    else if (
      field.key === 'name' &&
      column === 0 &&
      cells.length > 0 &&
      cells.every((cell) => typeof cell === 'string')
    ) {
      ranks.push({ field: 'name', score: 0.2 });
    } else if (
      field.kind === 'choice' &&
      field.list !== 'importance' &&
      cells.length > 0 &&
      listedShare(field, cells) > 0.6
    ) {
      ranks.push({ field: field.key, score: 0.7 });
    }
  }
  return ranks;
}

/** "Team name", "Name of team", "Projekttitel" */
function isNameHeading(name: string, ownTypeWords: ReadonlySet<string>): boolean {
  const words = name.split(' ').filter((word) => !['of', 'the', 'des', 'der'].includes(word));
  return (
    words.length === 2 &&
    words.some((word) => ownTypeWords.has(word)) &&
    words.some((word) => (headingsByField.name ?? []).includes(word))
  );
}

const shareOf = (cells: readonly Cell[], test: (cell: Cell) => boolean): number =>
  cells.length === 0 ? 1 : cells.filter(test).length / cells.length;

const listedShare = (field: Field, cells: readonly Cell[]): number =>
  shareOf(cells, (cell) => field.list !== undefined && knownValue(field.list, cellText(cell)) !== null);

function isPlausible(field: Field, cells: readonly Cell[]): boolean {
  if (field.kind === 'number') {
    return (
      shareOf(
        cells,
        (cell) => typeof cell === 'number' || readNumber(cellText(cell), field.unit, false) !== null,
      ) > 0.4
    );
  }
  if (field.kind === 'boolean') return shareOf(cells, (cell) => readYesNo(cell) !== null) > 0.5;
  return true;
}

/** The custom field for a column: its heading, with a suffix if that is a declared or reserved name. */
export function customFieldName(type: SheetType, heading: string): string {
  const name = toCustomName(heading);
  const isReserved =
    ['id', '__proto__', 'created_at', 'updated_at', 'deleted_at', unfitValuesKey].includes(name) ||
    fieldsOf(type).some(({ key }) => key === name) ||
    keyTables[type].computed.has(name) ||
    keyTables[type].reserved.has(name) ||
    name in {};
  return isReserved ? `${name} (column)` : name;
}
