import { filledField, sheetTypes } from '#shared/contract/sheets.ts';
import type { ColumnTarget, NamePart, SheetType } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { headingsByField } from '../../../model/interchange/heading-words.ts';
import { plainHeading, stripDeclaredMark, vagueHeadings } from '../../../model/interchange/headings.ts';
import { typeWords } from '../../../model/interchange/type-words.ts';
import { preferTextsToCodes } from './code-columns.ts';
import type { ColumnValues } from './column-values.ts';
import { customHeadingsOf } from './custom-headings.ts';
import { isAbbreviated, isNameHeading, matchHeading, plainColumn } from './heading-match.ts';
import { findEnds, otherPeople } from './link-ends.ts';
import { orderOfHeading } from './name-order-headings.ts';
import { readOnlyReason } from './read-only-columns.ts';
import type { Table } from '../read/table.ts';
import { findTypeEnds, findUniversityEnds } from './end-columns.ts';
import { findRestColumns } from './rest-columns.ts';
import { isShare } from '../../units.ts';
import { fitsField, fitsNames, listedShare } from './value-fit.ts';

/** Fields that a column can become. Lists and objects have no cell; other notes can also be text. */
export function targetFields(type: SheetType): readonly Field[] {
  return fieldsOf(type).filter(
    ({ key, kind }) => kind !== 'json' || key === 'meta' || key === 'factor_values',
  );
}

export interface TargetInput {
  samples: readonly ColumnValues[];
  parts: ReadonlyMap<NamePart, number>;
  existingNames: ReadonlyMap<string, string>;
  hasRowTypes: boolean;
  /** The columns that only number the rows. */
  numberings: readonly boolean[];
  /** Columns that a person decided. */
  chosen: ReadonlyMap<number, ColumnTarget>;
}

/** Whether rows of a type can have a column with that target. */
function canHold(type: SheetType, target: ColumnTarget): boolean {
  if (target.to === 'name_part') return isPerson(type);
  if (['university_of', 'direction', 'type_of'].includes(target.to)) return type === 'interface';
  if (target.to === 'rest_of') return isShare(type, target.field);
  return !('field' in target) || targetFields(type).some(({ key }) => key === target.field);
}

/** What the columns become for one type, how much that speaks for the type, and where the name comes from. */
export interface TypeTargets {
  targets: ColumnTarget[];
  hits: number;
  /** The column taken as the name although its heading says nothing of it; null if there is none. */
  guessedName: number | null;
  hasName: boolean;
}

interface Rank {
  field: string;
  /** How sure this is; columns compete for a field by it. */
  score: number;
  /** How much it speaks for the type. */
  weight: number;
  isId?: boolean;
}

/** Guesses the target of each column if the rows are of a type. */
export function guessTargets(type: SheetType, table: Table, input: TargetInput): TypeTargets {
  const { samples, existingNames } = input;
  const { customNames, isAlsoField, defaultNames } = customHeadingsOf(type, table.columns, existingNames);
  // Without headings the columns have letters for names, which mean nothing.
  const headings = table.columns.map((name) =>
    table.headerLine === 0 ? '' : (stripDeclaredMark(name) ?? name),
  );
  const readOnlyReasons = headings.map((name, column) =>
    customNames[column] === undefined ? readOnlyReason(type, name, samples[column]?.cells ?? []) : null,
  );
  // In an exported list no heading is ambiguous.
  const isExported = readOnlyReasons.some((why) => why !== null);
  // Nor does it hold parts of names: such a heading is a custom field.
  const parts = isExported
    ? new Map([...input.parts].filter(([, column]) => input.chosen.has(column)))
    : input.parts;
  const targets: ColumnTarget[] = defaultNames.map((name) => ({ to: 'own', name }));
  const usedTargets = new Set<string>();
  const assignedColumns = new Set<number>();
  let hits = 1.5 * customNames.filter((name) => name !== undefined).length;
  const assign = (column: number, target: ColumnTarget): void => {
    assignedColumns.add(column);
    targets[column] = target;
  };
  const fieldsWithIds = new Set<string>();
  let nameColumn: number | null = null;
  for (const [column, target] of input.chosen) {
    if (!canHold(type, target)) continue;
    assign(column, target);
    if (target.to === 'id') usedTargets.add('id');
    if (target.to === 'id_of') fieldsWithIds.add(target.field);
    if (target.to === 'university_of') usedTargets.add(`university of ${target.field}`);
    const field = filledField(target);
    if (field === null) continue;
    usedTargets.add(field);
    hits += 1;
    if (field === 'name') nameColumn = column;
  }
  const { universityEnds, bothEnds } = findUniversityEnds(
    type === 'interface' ? headings : [],
    (column) => customNames[column] !== undefined,
  );
  for (const [column, field] of universityEnds.entries()) {
    // A second column with the same target is ignored, so that several columns about universities do not look like links.
    if (field === null || assignedColumns.has(column) || usedTargets.has(`university of ${field}`)) continue;
    usedTargets.add(`university of ${field}`);
    assign(column, { to: 'university_of', field });
    if (column !== bothEnds[1]) hits += 1;
  }
  if (type === 'interface') {
    const typeEnds = findTypeEnds(
      headings,
      samples,
      (column) => assignedColumns.has(column) || customNames[column] !== undefined,
    );
    for (const [column, field] of typeEnds) assign(column, { to: 'type_of', field });
  }
  const arrows = type === 'interface' ? samples.findIndex((values) => values.share('arrow') > 0.9) : -1;
  if (arrows >= 0 && !assignedColumns.has(arrows) && customNames[arrows] === undefined)
    assign(arrows, { to: 'direction' });
  const hasParts = isPerson(type) && (parts.has('first') || parts.has('last'));
  if (isPerson(type))
    for (const [part, column] of parts) {
      if (customNames[column] !== undefined || assignedColumns.has(column)) continue;
      assign(column, { to: 'name_part', part });
      if (part === 'first' || part === 'last') hits += 1;
    }
  const ranked = headings.flatMap((name, column) =>
    customNames[column] === undefined && !assignedColumns.has(column)
      ? rankFields(type, name, {
          column,
          values: samples[column] as ColumnValues,
          isExported,
          hasParts,
          hasRowTypes: input.hasRowTypes,
        }).map((rank) => ({
          ...rank,
          column,
          certainty:
            rank.score +
            (stripDeclaredMark(table.columns[column] ?? '') === null ? 0 : 2) -
            (isAlsoField[column] ? 0.25 : 0),
        }))
      : [],
  );
  for (const { field, weight, column, isId } of ranked.toSorted(
    (a, b) => b.certainty - a.certainty || a.column - b.column,
  )) {
    if (assignedColumns.has(column)) continue;
    if (usedTargets.has(field)) {
      if (!isId || fieldsWithIds.has(field)) continue;
      fieldsWithIds.add(field);
      assign(column, { to: 'id_of', field });
      continue;
    }
    usedTargets.add(field);
    assign(column, field === 'id' ? { to: 'id' } : { to: 'field', field });
    if (field === 'name') nameColumn = column;
    hits += weight;
  }
  const isOpen = (column: number): boolean =>
    !assignedColumns.has(column) && customNames[column] === undefined && readOnlyReasons[column] === null;
  for (const [field, column] of findRestColumns(type, headings, samples, isOpen)) {
    if (usedTargets.has(field)) continue;
    assign(column, { to: 'rest_of', field });
    hits += 1;
  }
  if (type === 'interface') {
    const ends = findEnds(headings.map(plainColumn), targets, samples, (column) => !isOpen(column));
    for (const [field, column] of ends) {
      assign(column, { to: 'field', field });
      hits += 1;
    }
  }
  const hasName = nameColumn !== null || hasParts;
  const guessedName =
    hasName || !targetFields(type).some(({ key }) => key === 'name')
      ? null
      : likeliestName(type, {
          headings: headings.map(plainColumn),
          samples,
          assignedColumns,
          customNames,
          readOnlyReasons,
        });
  if (guessedName !== null) {
    assign(guessedName, { to: 'field', field: 'name' });
    hits += 0.2;
  }
  for (const [column, values] of samples.entries()) {
    if (assignedColumns.has(column)) continue;
    const why = readOnlyReasons[column] ?? null;
    if (why === 'computed') hits += 1;
    if (customNames[column] !== undefined) continue;
    if (why !== null) targets[column] = { to: 'ignore', why };
    else if (values.isBlank) targets[column] = { to: 'ignore' };
    else if (input.numberings[column]) targets[column] = { to: 'ignore', why: 'numbering' };
  }
  preferTextsToCodes(
    targets,
    table,
    (column) => input.chosen.has(column) || customNames[column] !== undefined,
  );
  hits -= headings.filter(
    (heading, column) => targets[column]?.to === 'own' && isNameOfOther(type, plainColumn(heading)),
  ).length;
  const names = nameColumn ?? guessedName;
  // A heading that says so outweighs values that look like numbers.
  const worst = nameColumn === null ? -1 : -0.2;
  if (names !== null) {
    const values = samples[names] as ColumnValues;
    hits += 1.2 * Math.max(worst, fitsNames(type, values));
    if (values.shareOf((text) => isNumbered(text, typeWords[type])) > 0.5) hits += 1.5;
  } else if (hasParts) hits += 1.2;
  return { targets, hits, guessedName, hasName: hasName || guessedName !== null };
}

/** "Team name" for a type without teams. */
const isNameOfOther = (type: SheetType, heading: string): boolean =>
  heading.includes(' ') &&
  sheetTypes.some((other) => other !== type && isNameHeading(heading, new Set(typeWords[other])));

/** "Team 1", "Group B" */
function isNumbered(text: string, ownTypeWords: readonly string[]): boolean {
  const [first = '', second = '', ...rest] = plainHeading(text).split(' ');
  return rest.length === 0 && second.length < 4 && ownTypeWords.includes(first);
}

/** Guesses the name column from the values if no heading names it. Null if no column fits. */
function likeliestName(
  type: SheetType,
  {
    samples,
    assignedColumns,
    customNames,
    readOnlyReasons,
    headings,
  }: {
    headings: readonly string[];
    samples: readonly ColumnValues[];
    assignedColumns: ReadonlySet<number>;
    customNames: readonly (string | undefined)[];
    readOnlyReasons: readonly (string | null)[];
  },
): number | null {
  let best: { column: number; score: number } | null = null;
  for (const [column, values] of samples.entries()) {
    if (assignedColumns.has(column) || customNames[column] !== undefined || readOnlyReasons[column] !== null)
      continue;
    if (otherPeople.test(headings[column] ?? '')) continue;
    const fit = fitsNames(type, values);
    if (fit < (isPerson(type) ? 0.1 : 0) || values.distinct < 0.5) continue;
    const score = fit + values.distinct * 0.3 - column * 0.05;
    if (best === null || score > best.score) best = { column, score };
  }
  return best?.column ?? null;
}

function weightOf(field: string, score: number, column: number): number {
  if (distinctiveFields.has(field)) return 1.5;
  // A status is that of students as well as of others.
  if (field === 'active') return 0.2;
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

/** "University (id)", the heading of exported ids. */
const idHeadingPattern = /^(.+?)\s*\(id\)$/i;

interface RankingInput {
  column: number;
  values: ColumnValues;
  isExported: boolean;
  hasParts: boolean;
  hasRowTypes: boolean;
}

function rankFields(
  type: SheetType,
  heading: string,
  { column, values, isExported, hasParts, hasRowTypes }: RankingInput,
): Rank[] {
  const name = plainColumn(heading);
  const fields = targetFields(type);
  const ownTypeWords = new Set(typeWords[type]);
  const ranks: Rank[] = [];
  if (headingsByField['id']?.includes(name)) ranks.push({ field: 'id', score: 1, weight: 0 });
  const referenceName = plainHeading(idHeadingPattern.exec(heading.trim())?.[1] ?? '');
  if (referenceName !== '') {
    const field = fields.find(
      ({ key, kind }) => kind === 'reference' && headingsByField[key]?.includes(referenceName),
    );
    // Scores less than the column of names.
    if (field) return [{ field: field.key, score: 0.9, weight: 0.9, isId: true }];
  }
  // "Team name" outweighs values that look like codes ("T17").
  const isNameOfType =
    name.includes(' ') &&
    (isNameHeading(name, ownTypeWords) || (isPerson(type) && orderOfHeading(name) !== null));
  const add = (field: Field, match: number, isId = false): void => {
    const fit = Math.max(field.key === 'name' && isNameOfType ? -0.2 : -1, fitsField(type, field, values));
    // A name of digits alone is a number of something: "Students 31".
    if (field.key === 'name' && values.count > 0 && values.share('letters') === 0 && ownTypeWords.has(name))
      return;
    // Texts under a number's heading are a text of their own ("Members Ada, Ben"), and numbers are no prose.
    const isProven = values.count > 1 || (field.key === 'active' && values.count > 0);
    if (['number', 'longtext', 'boolean'].includes(field.kind) && isProven && fit === -1) return;
    // "Crew" above names of people is no team.
    if (field.kind === 'reference' && values.count > 1 && fit <= -0.8) return;
    const score = match * (fit < 0 ? 1 + 0.7 * fit : 1) + Math.max(0, fit) * 0.1 - (isId ? 0.02 : 0);
    // Values of no list speak for no type, though the field keeps them.
    const says = field.list !== undefined && values.count > 0 && listedShare(field, values) === 0 ? 0.3 : 1;
    ranks.push({
      field: field.key,
      score,
      weight: score * says * weightOf(field.key, score, column),
      ...(isId ? { isId } : {}),
    });
  };
  // "Group description" of a group
  const ownPart = name
    .split(' ')
    .filter((word) => !ownTypeWords.has(word))
    .join(' ');
  const matches = new Map(
    fields.map((field) => [
      field,
      matchHeading(name, field) ||
        (isAbbreviated(heading, name, field) && fitsField(type, field, values) >= 0 ? 0.9 : 0) ||
        (field.key === 'name' || ownPart === '' || ownPart === name ? 0 : 0.8 * matchHeading(ownPart, field)),
    ]),
  );
  // Words of one field among others say less than all words of another: "Abschluss am" is no "Abschluss".
  const least = Math.max(...matches.values()) >= 1 ? 1 : 0;
  for (const [field, matched] of matches) {
    if (field.key === 'name' && hasParts) continue;
    const match = matched < least ? 0 : matched;
    const isDoubtful =
      !isExported &&
      field.list !== undefined &&
      listedShare(field, values) === 0 &&
      (vagueHeadings.has(name) || values.share('direction') > 0.5);
    if (match > 0 && !isDoubtful) {
      // A heading that is the key ("team_id") holds ids if another column ("team") has the names.
      add(field, match, field.kind === 'reference' && heading.trim() === field.key);
    } else if (field.key === 'name' && (ownTypeWords.has(name) || isNameOfType))
      // The plain heading "Name" comes first in an exported list, and in a table of several types, where "Team" is a reference.
      add(field, isExported || hasRowTypes ? 1 : 1.2);
    else if (
      field.kind === 'choice' &&
      field.list !== 'importance' &&
      values.count > 0 &&
      listedShare(field, values) > 0.6
    ) {
      ranks.push({ field: field.key, score: 0.7, weight: 0.7 * weightOf(field.key, 0.7, column) });
    }
  }
  return ranks;
}
