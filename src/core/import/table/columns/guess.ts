import { identifiesRows, sheetTypes, typesByTitle } from '#shared/contract/sheets.ts';
import type { ColumnTarget, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { nameField } from '#shared/domain/title.ts';
import { headingsByField } from '../../../model/interchange/heading-words.ts';
import { nameByHeading, plainHeading } from '../../../model/interchange/headings.ts';
import type { CustomNamesOf } from '../../../model/interchange/headings.ts';
import { typeWords } from '../../../model/interchange/type-words.ts';
import { guessTargets } from './column-targets.ts';
import type { TypeTargets } from './column-targets.ts';
import { ColumnValues } from './column-values.ts';
import { plainColumn } from './heading-match.ts';
import { findNameParts } from './person-columns.ts';
import { isAboutPeople } from './people-headings.ts';
import { numbersRows } from './running-numbers.ts';
import { findMixedPeople, findRowTypes, hasRowsOfType, wordsOfType } from './row-types.ts';
import type { RowTypes } from './row-types.ts';
import { knownValue } from '../synonyms.ts';
import { findUnfilledGroups } from './unfilled-groups.ts';
import { findUnreadRoles } from './unread-roles.ts';
import { isBlank } from '../cell.ts';
import type { Cell } from '../cell.ts';
import type { Table } from '../read/table.ts';

const sampledRows = 200;

export interface Guesses {
  type: SheetType;
  score: number;
  byType: Record<SheetType, ColumnTarget[]>;
  doubts: Omit<SheetView['doubts'], 'encodings'>;
}

/** Two types with so close a score are a question; and one with less than this is no type at all. */
const margin = 0.75;
const enough = 1.6;

/** Guesses each column's meaning for each type, and the type of the rows. A column named like a custom field becomes that field.
 * `chosen` holds the columns that a person decided. */
export function guessColumns(
  table: Table,
  sheetName: string,
  customNames: CustomNamesOf = () => [],
  chosen: ReadonlyMap<number, ColumnTarget> = new Map(),
): Guesses {
  const samples = table.columns.map(
    (_, column) =>
      new ColumnValues(
        table.rows
          .slice(0, sampledRows)
          .flatMap(({ cells }) => (isBlank(cells[column]) ? [] : [cells[column] as Cell])),
      ),
  );
  const headings = table.columns.map((name) => (table.headerLine === 0 ? '' : plainColumn(name)));
  const rowTypes = findRowTypes(table);
  const parts = findNameParts(
    headings.map((heading, column) => ({ heading, values: samples[column] as ColumnValues })),
  );
  for (const [part, column] of parts) if (chosen.has(column)) parts.delete(part);
  for (const [column, target] of chosen) if (target.to === 'name_part') parts.set(target.part, column);
  const numberings = table.columns.map((_, column) => numbersRows(table, column));
  const guesses = sheetTypes.map((type) => ({
    type,
    ...guessTargets(type, table, {
      samples,
      parts,
      existingNames: nameByHeading(customNames(type)),
      hasRowTypes: rowTypes !== null,
      numberings,
      chosen,
    }),
  }));
  const hints = new Set(plainHeading(sheetName).split(' '));
  const ranking = guesses
    .map((guess) => ({ ...guess, score: scoreOf(guess, headings, hints) }))
    .toSorted((a, b) => b.score - a.score);
  const [best] = ranking;
  if (rowTypes && table.typeColumn !== typesByTitle) {
    for (const { type, targets } of guesses) {
      const { column } = rowTypes;
      if (hasRowsOfType(rowTypes, type) && !chosen.has(column))
        targets[column] = typeColumnTarget(type, wordsOfType(type, table, rowTypes), targets, column);
    }
    shareNameColumn(guesses, rowTypes, table.columns, parts.get('last'));
  }
  const mixedPeople = rowTypes === null && best && isPerson(best.type) ? findMixedPeople(table) : null;
  // A list of links has a heading for each end; its "Type" can be a role ("member", "mentor").
  const isLinkList = best?.type === 'interface' && hasEnds(best.targets);
  const rowType = isLinkList ? undefined : rowTypes?.counts[0]?.[0];
  const type = rowType ?? best?.type ?? 'team';
  return {
    type,
    score: best?.hits ?? 0,
    byType: Object.fromEntries(guesses.map(({ type: one, targets }) => [one, targets])) as Guesses['byType'],
    doubts: {
      types:
        mixedPeople !== null
          ? ranking.map((one) => one.type).filter(isPerson)
          : rowType === undefined
            ? typesInDoubt(ranking, samples)
            : null,
      type_column: mixedPeople,
      groups: best
        ? findUnfilledGroups(best.type, best.targets, samples, table.rows.slice(0, sampledRows))
        : [],
      names: namesInDoubt(ranking, table.headerLine === 0 ? null : samples),
      roles: rolesInDoubt(guesses, samples, (one, column) => {
        const heading = table.columns[column] ?? '';
        return !chosen.has(column) && !nameByHeading(customNames(one)).has(plainHeading(heading));
      }),
    },
  };
}

/** Rows of all types of a table have their names in one column: types without a heading for theirs take that of the first type. */
function shareNameColumn(
  guesses: readonly ({ type: SheetType } & TypeTargets)[],
  { counts }: RowTypes,
  headings: readonly string[],
  familyNames: number | undefined,
): void {
  const isName = (target: ColumnTarget): boolean => target.to === 'field' && target.field === 'name';
  const types = counts.map(([type]) => type);
  const first = guesses.find(({ type }) => type === types[0]);
  const found = first?.targets.findIndex(isName) ?? -1;
  const column = found >= 0 ? found : familyNames;
  if (column === undefined) return;
  for (const { type, targets, guessedName } of guesses) {
    if (!types.includes(type) || nameField(type) === null || targets[column]?.to === 'name_part') continue;
    const current = targets.findIndex(isName);
    if (current >= 0 && current !== guessedName) continue;
    if (current < 0 && identifiesRows(type, targets)) continue;
    if (current >= 0 && current !== column) targets[current] = { to: 'own', name: headings[current] ?? '' };
    targets[column] = { to: 'field', field: 'name' };
  }
}

/**
 * The target of the column of types in the rows of a type. Words that only repeat the type are left out; words of a list of values fill that
 * field ("company" is a kind of organisation); other words become a custom field ("PhD student").
 */
function typeColumnTarget(
  type: SheetType,
  words: readonly string[],
  targets: readonly ColumnTarget[],
  column: number,
): ColumnTarget {
  const field = fieldsOf(type).find(
    ({ key, list }) =>
      list !== undefined &&
      !targets.some((target, other) => other !== column && target.to === 'field' && target.field === key) &&
      words.filter((word) => knownValue(list, word) !== null).length > words.length * 0.6,
  );
  if (field) return { to: 'field', field: field.key };
  const target = targets[column];
  // "Student" and "Studentin" are one word, "Professor" and "Dozent" are two.
  const stems = new Set(words.map((word) => word.replace(/(?:innen|in|en|e|s)$/, '')));
  const repeatsType = stems.size <= 1 && words.every((word) => typeWords[type].includes(word));
  return repeatsType || target?.to !== 'own' ? { to: 'ignore' } : target;
}

const hasEnds = (targets: readonly ColumnTarget[]): boolean =>
  ['from', 'to'].every((end) => targets.some((target) => target.to === 'field' && target.field === end));

const has = (targets: readonly ColumnTarget[], ...fields: readonly string[]): boolean =>
  targets.some((target) => target.to === 'field' && fields.includes(target.field));

function scoreOf(
  { type, hits, targets, hasName }: { type: SheetType } & TypeTargets,
  headings: readonly string[],
  hints: ReadonlySet<string>,
): number {
  let score = hits + (typeWords[type].some((word) => hints.has(word)) ? 1.6 : 0);
  // Meetings also have people at both ends.
  const hasMeeting = headings.some(isMeetingDate) && headings.some(isSubject);
  if (type === 'interface') score += hasEnds(targets) ? (hasMeeting ? -1.5 : 0.75) : -2;
  if (type === 'contact' && !(has(targets, 'date', 'subject') && has(targets, 'who', 'with'))) score -= 2;
  if (type === 'outcome' && !has(targets, 'outcome_type', 'success')) score -= 2;
  if (!['interface', 'contact', 'outcome'].includes(type) && !hasName) score -= 2;
  if (type === 'student' || type === 'faculty')
    score += Math.min(1.6, headings.filter((heading) => isAboutPeople(type, heading)).length * 0.8);
  return score;
}

const isMeetingDate = (heading: string): boolean => headingsByField['date']?.includes(heading) ?? false;
const isSubject = (heading: string): boolean =>
  heading !== 'title' && (headingsByField['subject']?.includes(heading) ?? false);

type Ranked = { type: SheetType; score: number } & TypeTargets;

/** Whether further columns name the records of an end, as in a survey with several answers a row; only one becomes a link. */
function hasFurtherEnds({ targets }: TypeTargets, samples: readonly ColumnValues[]): boolean {
  const ends = targets.flatMap((target, column) =>
    target.to === 'field' && (target.field === 'from' || target.field === 'to') ? [samples[column]] : [],
  );
  return targets.some((target, column) => {
    const values = samples[column];
    return (
      target.to === 'own' &&
      values !== undefined &&
      values.share('name_like') > 0.5 &&
      ends.some((end) => end !== undefined && values.sharedWith(end) > 0.3)
    );
  });
}

/** The types that are about as likely as the best one; empty if that has too little for it, null if it is alone. */
function typesInDoubt(ranking: readonly Ranked[], samples: readonly ColumnValues[]): SheetType[] | null {
  const bestScore = ranking[0]?.score ?? 0;
  const [best] = ranking;
  const names = best && isPerson(best.type) ? samples[best.guessedName ?? -1] : undefined;
  // Names of people alone do not tell who they are.
  if (bestScore < enough) {
    const isPeople = names !== undefined && names.share('person') > 0.6;
    return isPeople ? ranking.map(({ type }) => type).filter(isPerson) : [];
  }
  if (ranking[0]?.type === 'interface' && hasFurtherEnds(ranking[0], samples)) return ['interface'];
  const close = ranking.filter(({ score }) => score > bestScore - margin).map(({ type }) => type);
  return close.length > 1 ? close : null;
}

function rolesInDoubt(
  guesses: readonly ({ type: SheetType } & TypeTargets)[],
  samples: readonly ColumnValues[],
  isUnknown: (type: SheetType, column: number) => boolean,
): SheetView['doubts']['roles'] {
  const roles: SheetView['doubts']['roles'] = {};
  for (const { type, targets } of guesses) {
    const unread = findUnreadRoles(type, targets, samples, (column) => isUnknown(type, column));
    if (unread.length > 0) roles[type] = unread;
  }
  return roles;
}

/** The columns taken as names that neither a heading nor the values show to be. `samples` is null for a table without headings. */
function namesInDoubt(
  ranking: readonly Ranked[],
  samples: readonly ColumnValues[] | null,
): SheetView['doubts']['names'] {
  const names: SheetView['doubts']['names'] = {};
  for (const { type, guessedName } of ranking) {
    if (guessedName === null) continue;
    const values = samples?.[guessedName];
    const isSure =
      values && isPerson(type) && values.share('person') > 0.3 && values.share('name_like') > 0.7;
    if (!isSure) names[type] = guessedName;
  }
  return names;
}
