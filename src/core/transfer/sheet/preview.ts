import type { SheetChoices, SheetPreview, SheetProblem } from '#shared/contract/sheets.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { isFault } from '#shared/contract/faults.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { countRecords } from '../../log/records/counts.ts';
import { titleBy } from '../../model/titles.ts';
import { streamed } from '../../kernel/progress.ts';
import { lookupIn } from '../existing.ts';
import { isEmpty } from '../preview.ts';
import type { Previewing } from '../preview.ts';
import { changedOf } from '../summary.ts';
import { permitAll } from '../write-records.ts';
import { ungarbled } from './garbled.ts';
import { planSheet } from './plan.ts';
import type { SheetPlan } from './plan.ts';
import { typesOf } from './reference.ts';
import type { ReadTable } from './read.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { Services } from '../../model/services.ts';
import { findHeld } from './held.ts';
import { changedFields } from './changed-fields.ts';
import { ordersOf, readOrders } from './dates.ts';
import { closeness, nearestValues, plain } from './words.ts';

/** How many problems get suggestions: finding them goes through all names. */
const suggested = 60;

/** How many records that are made along are named. */
const namedAlong = 30;

export interface SheetPreviewRequest {
  read: ReadTable;
  choices: SheetChoices;
  actor: Actor;
  signal?: AbortSignal | undefined;
}

/** Works out what importing a table would do. Nothing is written. Throws INVALID, CANCELLED. */
export async function* previewSheet(
  workspace: Previewing & Pick<Services, 'columns'>,
  request: SheetPreviewRequest,
): Stream<SheetPreview> {
  const { read: db, source, columns } = workspace;
  const { read, choices, actor, signal } = request;
  const steps = { step: 'checking', clock: source.clock, signal };
  const lookup = yield* streamed(lookupIn(db), { ...steps, total: null });
  const planning = planSheet(read.table, choices, { db, lookup, columns, ids: source.ids });
  const plan = yield* streamed(planning, { ...steps, total: read.table.rows.length });
  let forbidden: string | null = null;
  try {
    yield* streamed(permitAll(actor, plan), { ...steps, total: plan.records.length });
  } catch (error) {
    if (!isFault(error) || error.code !== 'FORBIDDEN') throw error;
    forbidden = 'rule' in error.data ? error.data.rule : null;
  }
  const suggestions = yield* streamed(suggestAll(db, plan, choices), { ...steps, total: null });
  yield {
    kind: 'result',
    result: {
      ...summarize(plan, read, suggestions, choices),
      forbidden,
      workspace_empty: isEmpty(countRecords(db)),
    },
  };
}

type Summary = Omit<SheetPreview, 'forbidden' | 'workspace_empty'>;

function summarize(
  plan: SheetPlan,
  read: ReadTable,
  suggested: SheetProblem[],
  choices: SheetChoices,
): Summary {
  const { records, along, find, matched, skipped, problems } = plan;
  const rows = records.slice(along.length);
  const count = (effect: string): number => rows.filter((record) => record.effect === effect).length;
  return {
    sha256: read.sha256,
    rows: read.table.rows.length,
    creates: count('create'),
    updates: count('update'),
    restores: count('restore'),
    unchanged: count('unchanged'),
    skipped,
    matched,
    along: along
      .slice(0, namedAlong)
      .map(({ type, payload }) => ({ type, title: titleBy(find, type, payload) })),
    along_count: along.length,
    problems: suggested,
    problem_count: problems.size,
    date_columns: [...plan.dates.values()].map((dates) => {
      const { column, days, others } = dates;
      return { column, days, others, read: readOrders(dates) };
    }),
    sample: plan.sample.map((row) => ({ ...row, title: titleBy(find, choices.type, row.payload) })),
    values_used: [...plan.used].map(([{ column, value }, count]) => ({ column, value, count })),
    titles: titlesIn(plan),
    changed: changedOf({ records: rows, find }),
    changed_fields: changedFields(rows),
  };
}

/** The problems that are told, each with what it may have meant. */
function* suggestAll(
  db: ReadHandle,
  plan: SheetPlan,
  choices: SheetChoices,
): Generator<number, SheetProblem[], void> {
  const all: SheetProblem[] = [];
  const listed = plan.problems.list();
  const held = yield* findHeld(db, choices.type, listed);
  for (const { near: known, ...problem } of listed) {
    const wanted = all.length < suggested || isOrder(problem);
    const near = wanted && !known ? yield* suggestionsFor(problem, plan, choices) : [];
    const suggestions = known ?? (wanted ? [...spelledOtherwise(problem, listed), ...near] : []);
    all.push({ ...problem, held: held(problem), suggestions });
  }
  return all;
}

const isOrder = ({ code }: Pick<SheetProblem, 'code'>): boolean =>
  code === 'date_order' || code === 'date_read';

type Told = Omit<SheetProblem, 'suggestions' | 'held'>;

/** How other rows of the table spell what is no known value either: one that more rows have, and that is nearly the same. */
function spelledOtherwise(problem: Told, listed: readonly Told[]): SheetProblem['suggestions'] {
  if (problem.code !== 'unknown_choice') return [];
  const wanted = plain(problem.value);
  return listed
    .filter(
      ({ code, column, value, count }) =>
        code === problem.code &&
        column === problem.column &&
        count > problem.count &&
        closeness(wanted, plain(value)) > 0.85,
    )
    .slice(0, 1)
    .map(({ value }) => ({ value, label: value }));
}

function* suggestionsFor(
  { code, column, field: key, value, becomes }: Told,
  { present, dates }: SheetPlan,
  { type }: SheetChoices,
): Generator<number, SheetProblem['suggestions'], void> {
  if (code === 'lost_letters') {
    const meant = ungarbled(value);
    return meant === null ? [] : [{ value: meant, label: meant }];
  }
  const date = isOrder({ code }) && column !== null ? dates.get(column) : undefined;
  if (date) return ordersOf(date, value);
  const field = key === null ? undefined : fieldOf(type, key);
  if (!field) return [];
  if (code === 'unknown_choice' && field.list) {
    return nearestValues(field.list, value).map((one) => ({ value: one, label: one }));
  }
  if (field.kind !== 'reference' || code === 'reference_created') return [];
  const types = typesOf(field);
  const exact = present.called(types, value);
  const found = exact.length > 0 ? exact.slice(0, 10) : yield* present.nearest(types, value);
  // Beside the name stands the id of another record: that one may be meant too.
  const beside =
    (code === 'name_over_id' || code === 'id_over_name') && typeof becomes === 'string'
      ? present.called(types, becomes).slice(0, 1)
      : [];
  return [...new Set([...beside, ...found])].map((named) => ({
    value: named.id,
    label: present.label(named),
  }));
}

/** Names of what the shown rows refer to. */
function titlesIn({ sample, find }: SheetPlan): Record<string, string> {
  const titles: Record<string, string> = {};
  for (const { payload } of sample) {
    for (const value of Object.values(payload)) {
      const found = typeof value === 'string' && value.length <= 200 ? find(value) : undefined;
      if (found && found.type !== 'profile')
        titles[value as string] = titleBy(find, found.type, found.payload);
    }
  }
  return titles;
}
