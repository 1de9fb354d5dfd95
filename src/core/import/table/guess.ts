import { sheetTypes } from '#shared/contract/sheets.ts';
import type { ColumnTarget, SheetType } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { asOwnName } from '#shared/domain/own-fields.ts';
import { isColumn } from '../../model/interchange/columns.ts';
import {
  byHeading,
  headingsByField,
  oursCalled,
  ownUnmarked,
  plainHeading,
  unmarkedHeading,
  vagueHeadings,
} from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import type { OwnNames } from '../../model/interchange/headings.ts';
import { asideKey, keyTables } from '../../model/interchange/keys.ts';
import { findRowTypes, namesType } from './row-types.ts';
import { cellText, isBlank } from './table.ts';
import type { Cell, Table } from './table.ts';
import { readNumber, readYesNo } from './values.ts';
import { knownValue } from './synonyms.ts';

/** A time as programs write it: a date in any order, with or without a time of day. */
const moment = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}.*)?$/;

const isMoment = (cell: Cell): boolean => moment.test(cellText(cell));
const isTally = (cell: Cell): boolean =>
  /^\d+$/.test(String(readNumber(cellText(cell), undefined, false)?.value));
const isStage = (cell: Cell): boolean => knownValue('lifecycle', cellText(cell)) !== null;

interface KeptColumn {
  headings: readonly string[];
  why: 'times' | 'computed';
  /** Checks the value, since other columns may have this name. */
  fits: (cell: Cell) => boolean;
}

const tally = (...headings: string[]): KeptColumn => ({ headings, why: 'computed', fits: isTally });
const time = (...headings: string[]): KeptColumn => ({ headings, why: 'times', fits: isMoment });

/** Shown by a list and not importable: kept or computed by FRAMES. */
const kept: Readonly<Record<string, KeptColumn>> = {
  created_at: time('Created', 'Erstellt', 'Angelegt'),
  updated_at: time('Changed', 'Geändert'),
  deleted_at: time('Deleted', 'Gelöscht'),
  links: tally('Links', 'Verbindungen'),
  teams: tally('Teams'),
  faculty: tally('Faculty', 'Lehrende'),
  students: tally('Students', 'Studierende'),
  projects: tally('Projects', 'Projekte'),
  outcomes: tally('Outcomes', 'Ergebnisse'),
  status: { headings: ['Status'], why: 'computed', fits: isStage },
  is_cross_university: {
    headings: ['Across universities', 'Zwischen Universitäten'],
    why: 'computed',
    fits: (cell) => readYesNo(cell) !== null,
  },
  from_university: { headings: ['From university', 'Von Universität'], why: 'computed', fits: () => true },
  to_university: { headings: ['To university', 'Nach Universität'], why: 'computed', fits: () => true },
};

const keptByHeading = new Map(
  Object.entries(kept).flatMap(([key, one]) =>
    // Commands use keys as headings.
    [key, ...one.headings].map((heading) => [plainHeading(heading), { key, ...one }] as const),
  ),
);

/** Why a column of that type is left out by default, or null. */
export function keptByFrames(
  type: SheetType,
  heading: string,
  cells: readonly Cell[],
): KeptColumn['why'] | null {
  const known = keptByHeading.get(plainHeading(heading));
  if (!known || cells.length === 0 || !isColumn(type, known.key)) return null;
  return cells.every((cell) => known.fits(cell)) ? known.why : null;
}

const looked = 200;

export interface Guesses {
  type: SheetType;
  score: number;
  byType: Record<SheetType, ColumnTarget[]>;
}

/** Fields that a column may become. Lists and objects have no cell; other notes may also be text. */
export function targetFields(type: SheetType): readonly Field[] {
  return fieldsOf(type).filter(
    ({ key, kind }) => kind !== 'json' || key === 'meta' || key === 'factor_values',
  );
}

/** Guesses what the columns mean for each type, and the type of the rows. A column named like a custom field becomes that. */
export function guessColumns(table: Table, sheetName: string, ownNames: OwnNames = () => []): Guesses {
  const samples = table.columns.map((_, column) =>
    table.rows
      .slice(0, looked)
      .flatMap(({ cells }) => (isBlank(cells[column]) ? [] : [cells[column] as Cell])),
  );
  const scored = sheetTypes.map((type) => ({
    type,
    ...guessFor(type, table, samples, byHeading(ownNames(type))),
  }));
  const words = plainHeading(sheetName).split(' ');
  const score = ({ type, hits }: { type: SheetType; hits: number }): number =>
    hits + (typeWords[type].some((word) => words.includes(word)) ? 1.6 : 0);
  const best = scored.toSorted((a, b) => score(b) - score(a))[0];
  const rowTypes = findRowTypes(table);
  if (rowTypes) {
    // The column of types becomes no field.
    for (const { type, targets } of scored)
      if (namesType(rowTypes, type)) targets[rowTypes.column] = { to: 'ignore' };
  }
  // A list of links has a heading for each end; its "Type" may be a role ("member", "mentor").
  const areLinks = best?.type === 'interface' && hasEnds(best.targets);
  const named = areLinks ? undefined : rowTypes?.counts[0]?.[0];
  return {
    type: named ?? best?.type ?? 'team',
    score: best?.hits ?? 0,
    byType: Object.fromEntries(scored.map(({ type, targets }) => [type, targets])) as Guesses['byType'],
  };
}

const hasEnds = (targets: readonly ColumnTarget[]): boolean =>
  ['from', 'to'].every((end) => targets.some((target) => target.to === 'field' && target.field === end));

function guessFor(
  type: SheetType,
  table: Table,
  samples: readonly (readonly Cell[])[],
  called: ReadonlyMap<string, string>,
) {
  const fields = targetFields(type);
  const own = new Set(typeWords[type]);
  // An existing custom field of exactly that name comes first.
  const here = (name: string): string | undefined => called.get(name) ?? called.get(ownName(type, name));
  const marked = new Set(table.columns.flatMap((name) => unmarkedHeading(name) ?? []));
  // Except "Name", unless the table tells the two apart.
  const stray = table.columns.map(
    (name) => here(name) !== undefined && oursCalled(type, name) !== null && !marked.has(name),
  );
  const known = table.columns.map((name, column) => {
    const own = ownUnmarked(name);
    if (stray[column]) return undefined;
    if (own !== null) return here(name) ?? here(own) ?? ownName(type, own);
    return here(name) ?? (marked.has(name) ? ownName(type, name) : undefined);
  });
  const heads = table.columns.map((name) => unmarkedHeading(name) ?? name);
  const kept = heads.map((name, column) =>
    known[column] === undefined ? keptByFrames(type, name, samples[column] ?? []) : null,
  );
  // In an exported list no heading is ambiguous.
  const ours = kept.some((why) => why !== null);
  const mappings = heads.map((name, column) =>
    known[column] === undefined
      ? rank(name, { column, fields, own, ours, cells: samples[column] ?? [] })
      : [],
  );
  const targets: ColumnTarget[] = table.columns.map((name, column) => ({
    to: 'own',
    name: known[column] ?? here(name) ?? ownName(type, name),
  }));
  const taken = new Set<string>();
  const named = new Set<string>();
  let hits = 1.5 * known.filter((name) => name !== undefined).length;
  // Most certain first: marked fields, then "Team name", which must precede "Name"; custom fields after equally named fields.
  const order = mappings.flatMap((ranks, column) =>
    ranks.map((one) => ({
      ...one,
      column,
      sure: one.score + (heads[column] === table.columns[column] ? 0 : 2) - (stray[column] ? 0.25 : 0),
    })),
  );
  const done = new Set<number>();
  for (const [column, heading] of heads.entries()) {
    const target = known[column] === undefined ? specialTarget(type, heading) : null;
    // A second column of the same meaning is ignored: five words for a university make no list of links.
    const meaning = JSON.stringify(target);
    if (target === null || taken.has(meaning)) continue;
    taken.add(meaning);
    done.add(column);
    targets[column] = target;
    hits += 1;
  }
  for (const one of order.toSorted((a, b) => b.sure - a.sure || a.column - b.column)) {
    const { field, score, column, isId } = one;
    if (done.has(column)) continue;
    if (taken.has(field)) {
      if (!isId || named.has(field)) continue;
      named.add(field);
      done.add(column);
      targets[column] = { to: 'id_of', field };
      continue;
    }
    taken.add(field);
    done.add(column);
    targets[column] = field === 'id' ? { to: 'id' } : { to: 'field', field };
    if (field !== 'id') hits += score * weightOf(field, score, column);
  }
  for (const [column, cells] of samples.entries()) {
    if (done.has(column)) continue;
    const why = kept[column] ?? null;
    if (why === 'computed') hits += 0.5;
    if (known[column] !== undefined) continue;
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
  const [end = ''] = others;
  if (words.length !== 2 || others.length !== 1) return null;
  return (['from', 'to'] as const).find((field) => headingsByField[field]?.includes(end)) ?? null;
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
const unit = /\s+(?:in\s+)?(?:%|percent|per cent|prozent)$/;

function weightOf(field: string, score: number, column: number): number {
  if (special.has(field)) return 1.5;
  if (field !== 'name') return 1;
  return score < 1 ? 0.3 : column === 0 ? 2 : 1;
}

/** Fields that only one type has, and so tell the type. */
const special: ReadonlySet<string> = new Set([
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
const idHeading = /^(.+?)\s*\(id\)$/i;

interface Ranking {
  column: number;
  fields: readonly Field[];
  own: ReadonlySet<string>;
  ours: boolean;
  cells: readonly Cell[];
}

function rank(heading: string, { column, fields, own, ours, cells }: Ranking): Rank[] {
  const name = plainHeading(heading);
  const found: Rank[] = [];
  if (headingsByField.id?.includes(name)) found.push({ field: 'id', score: 1 });
  const named = plainHeading(idHeading.exec(heading.trim())?.[1] ?? '');
  if (named !== '') {
    const field = fields.find(
      ({ key, kind }) => kind === 'reference' && headingsByField[key]?.includes(named),
    );
    // The column of names next to it comes first.
    if (field) return [{ field: field.key, score: 0.9, isId: true }];
  }
  for (const field of fields) {
    const words = [plainHeading(field.key), ...(headingsByField[field.key] ?? [])];
    const doubtful =
      !ours && vagueHeadings.has(name) && field.list !== undefined && listed(field, cells) === 0;
    const bareName = field.unit === 'percent' && !words.includes(name) ? name.replace(unit, '') : name;
    if (words.includes(bareName) && !doubtful) {
      // Headings of our own lists come first.
      const first = words.indexOf(bareName) <= 2 ? 0.01 : 0;
      // As programs write it, a reference is an id if another column has its name: "team" and "team_id".
      const isId = field.kind === 'reference' && heading.trim() === field.key;
      const sure = (fits(field, cells) ? 1 : 0.3) + first - (isId ? 0.02 : 0);
      found.push({ field: field.key, score: sure, ...(isId ? { isId } : {}) });
    } else if (field.key === 'name' && (own.has(name) || startsWithOwn(name, own)))
      // Headings of our own lists.
      found.push({ field: 'name', score: ours ? 1 : 1.2 });
    // A first column without a known heading is the name.
    else if (
      field.key === 'name' &&
      column === 0 &&
      cells.length > 0 &&
      cells.every((cell) => typeof cell === 'string')
    ) {
      found.push({ field: 'name', score: 0.2 });
    } else if (
      field.kind === 'choice' &&
      field.list !== 'importance' &&
      cells.length > 0 &&
      listed(field, cells) > 0.6
    ) {
      found.push({ field: field.key, score: 0.7 });
    }
  }
  return found;
}

/** "Team name", "Name of team", "Projekttitel" */
function startsWithOwn(name: string, own: ReadonlySet<string>): boolean {
  const words = name.split(' ').filter((word) => !['of', 'the', 'des', 'der'].includes(word));
  return (
    words.length === 2 &&
    words.some((word) => own.has(word)) &&
    words.some((word) => (headingsByField.name ?? []).includes(word))
  );
}

const share = (cells: readonly Cell[], test: (cell: Cell) => boolean): number =>
  cells.length === 0 ? 1 : cells.filter(test).length / cells.length;

const listed = (field: Field, cells: readonly Cell[]): number =>
  share(cells, (cell) => field.list !== undefined && knownValue(field.list, cellText(cell)) !== null);

function fits(field: Field, cells: readonly Cell[]): boolean {
  if (field.kind === 'number') {
    return (
      share(
        cells,
        (cell) => typeof cell === 'number' || readNumber(cellText(cell), field.unit, false) !== null,
      ) > 0.4
    );
  }
  if (field.kind === 'boolean') return share(cells, (cell) => readYesNo(cell) !== null) > 0.5;
  return true;
}

/** The name under which another column is kept: its own, unless that means something. */
export function ownName(type: SheetType, heading: string): string {
  const name = asOwnName(heading);
  const taken =
    ['id', '__proto__', 'created_at', 'updated_at', 'deleted_at', asideKey].includes(name) ||
    fieldsOf(type).some(({ key }) => key === name) ||
    keyTables[type].computed.has(name) ||
    keyTables[type].reserved.has(name) ||
    name in {};
  return taken ? `${name} (column)` : name;
}

/** The type that a file's or sheet's name tells, ignoring default names. */
export function guessName(file: string, sheet: string): string {
  const named = /^(sheet|tabelle|table|blatt)\s*\d*$/i.test(sheet.trim()) ? '' : sheet;
  return `${named} ${file.replace(/\.[^.]*$/, '')}`;
}
