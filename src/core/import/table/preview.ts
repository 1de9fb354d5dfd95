import { isFault } from '#shared/contract/faults.ts';
import type { SheetChoices, SheetOutcome, SheetPreview, SheetProblem } from '#shared/contract/sheets.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { isReferring, referencedIds } from '#shared/domain/references.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { countRecords } from '../../log/records/counts.ts';
import { titleBy } from '../../model/titles.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import type { Lookup } from '../record-planner.ts';
import type { PlannedRecord } from '../planned-record.ts';
import { changedOf } from '../json/preview.ts';
import { isEmpty, lookupIn, permitAll } from '../write.ts';
import { ordersOf } from './custom-columns.ts';
import { blockedBy, inOrder, reportOfSheets } from './import.ts';
import { planSheet } from './plan.ts';
import type { SheetPlan } from './plan.ts';
import type { ReadTable } from './read.ts';
import { endTypes } from './present.ts';
import { typesOf } from './reference.ts';
import { weightOf } from './row-problems.ts';
import type { Gathered } from './row-problems.ts';
import { severalNames } from './several-names.ts';
import { nearestValues } from './synonyms.ts';

/** Fields of existing records that would change, with the number of records, most frequent first. */
export function changedFields(records: readonly PlannedRecord[]): { field: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { effect, payload, existing } of records) {
    if (effect !== 'update' || !existing) continue;
    for (const [field, value] of Object.entries(payload)) {
      if (!jsonEqual(existing.payload[field] ?? null, value)) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return [...counts].map(([field, count]) => ({ field, count })).toSorted((a, b) => b.count - a.count);
}

/** Problems with suggestions: finding those compares all names. */
const suggested = 60;

const maxReferenced = 30;

interface Sheet {
  read: ReadTable;
  choices: SheetChoices;
}

export interface SheetPreviewRequest {
  sheets: readonly Sheet[];
  actor: Actor;
}

/** Previews importing sheets of a file. Throws INVALID, CANCELLED. */
export async function previewSheets(
  workspace: Pick<Services, 'read' | 'source' | 'columns'>,
  { sheets, actor }: SheetPreviewRequest,
  pace: Pace,
): Promise<SheetPreview> {
  const { read: db, source, columns } = workspace;
  let lookup = await runSteps(pace, 'checking', lookupIn(db));
  const earlier: PlannedRecord[] = [];
  const plans = new Map<ReadTable, SheetPlan>();
  let forbidden: string | null = null;
  for (const { read, choices } of inOrder(sheets)) {
    const sources = { db, lookup, columns, ids: source.ids, earlier };
    const { table } = read;
    const plan = await runSteps(pace, 'checking', planSheet(table, choices, sources), table.rows.length);
    try {
      await runSteps(pace, 'checking', permitAll(actor, plan), plan.records.length);
    } catch (error) {
      if (!isFault(error) || error.code !== 'FORBIDDEN') throw error;
      forbidden ??= 'rule' in error.data ? error.data.rule : null;
    }
    plans.set(read, plan);
    // The next sheet finds what this one creates.
    earlier.push(...plan.records);
    lookup = after(plan.records, lookup);
  }
  const [first, ...rest] = sheets as [Sheet, ...Sheet[]];
  const others: SheetPreview['others'] = [];
  for (const other of rest) {
    const plan = plans.get(other.read) as SheetPlan;
    const listed = weighed(plan);
    const problems = listed.map(({ near = [], ...problem }) => ({ ...problem, suggestions: near }));
    others.push({ ...outcomeOf(plan, other, listed), problems });
  }
  const plan = plans.get(first.read) as SheetPlan;
  const listed = weighed(plan);
  const problems = await runSteps(pace, 'checking', suggestAll(listed, plan, first.choices));
  return {
    ...outcomeOf(plan, first, listed),
    ...summarize(plan, first, problems),
    others,
    report: reportOfSheets(sheets.map(({ read }) => ({ read, plan: plans.get(read) as SheetPlan }))),
    forbidden,
    workspace_empty: isEmpty(countRecords(db)),
  };
}

function after(records: readonly PlannedRecord[], lookup: Lookup): Lookup {
  const planned = new Map(records.map((record) => [record.id, record]));
  return (id) => {
    const record = planned.get(id);
    return record
      ? { type: record.type, deleted: false, hidden: false, payload: record.payload }
      : lookup(id);
  };
}

type Weighed = Gathered & Pick<SheetProblem, 'weight'>;

const weighed = ({ problems }: SheetPlan): Weighed[] =>
  problems.list().map((problem) => ({ ...problem, weight: weightOf(problem) }));

function outcomeOf(
  { rows: planned, records, ofRows, along, find, matched, skipped, problems }: SheetPlan,
  { read, choices }: Sheet,
  listed: readonly Weighed[],
): SheetOutcome {
  const count = (effect: string): number => ofRows.filter((record) => record.effect === effect).length;
  return {
    sheet: read.sheet,
    type: choices.type,
    rows: planned,
    creates: count('create'),
    updates: count('update'),
    restores: count('restore'),
    unchanged: count('unchanged'),
    skipped,
    matched,
    along: along
      .slice(0, maxReferenced)
      .map(({ type, payload }) => ({ type, title: titleBy(find, type, payload) })),
    along_count: along.length,
    writes: records.length - count('unchanged'),
    to_decide: problems.size - listed.filter(({ weight }) => weight !== 'decide').length,
  };
}

type Summary = Omit<SheetPreview, keyof SheetOutcome | 'report' | 'forbidden' | 'workspace_empty' | 'others'>;

function summarize(plan: SheetPlan, { read, choices }: Sheet, listed: SheetProblem[]): Summary {
  const { ofRows, find, problems } = plan;
  return {
    sha256: read.sha256,
    loss_unit: plan.lossUnit,
    blocked: blockedBy(plan),
    problems: listed,
    problem_count: problems.size,
    date_columns: [...plan.dates.values()]
      .filter(({ column }) => choices.columns[column]?.to === 'own')
      .map(({ column, days, others }) => ({ column, days, others })),
    sample: plan.sample.map((row) => ({ ...row, title: titleBy(find, choices.type, row.payload) })),
    values_used: [...plan.used].map(({ column, value }) => ({ column, value })),
    titles: titlesIn(plan),
    changed: changedOf({ records: ofRows, find }),
    changed_fields: changedFields(ofRows),
  };
}

/** The problems with suggested meanings. */
function* suggestAll(
  listed: readonly Weighed[],
  plan: SheetPlan,
  choices: SheetChoices,
): Generator<number, SheetProblem[], void> {
  const all: SheetProblem[] = [];
  for (const { near: known, ...problem } of listed) {
    const isListed = all.length < suggested || isOrder(problem);
    const near = isListed && !known ? yield* suggestionsFor(problem, plan, choices) : [];
    all.push({ ...problem, suggestions: known ?? near });
  }
  return all;
}

const isOrder = ({ code }: Pick<SheetProblem, 'code'>): boolean =>
  code === 'date_order' || code === 'date_read';

type UnsuggestedProblem = Omit<Gathered, 'near'>;

function* suggestionsFor(
  { code, field: key, value, becomes }: UnsuggestedProblem,
  { present }: SheetPlan,
  { type }: SheetChoices,
): Generator<number, SheetProblem['suggestions'], void> {
  if (isOrder({ code })) return ordersOf(value);
  const field = key === null ? undefined : fieldOf(type, key);
  if (!field) return [];
  if (code === 'unknown_choice' && field.list) {
    return nearestValues(field.list, value).map((one) => ({ value: one, label: one }));
  }
  if (!isReferring(field) || code === 'reference_created' || code === 'placeholder') return [];
  const types = typesOf(field);
  if (code === 'several_names')
    return severalNames(value, () => true).map((name) => ({
      value: present.called(types, name)[0]?.id ?? name,
      label: name,
    }));
  const exact = present.called(types, value);
  const found = exact.length > 0 ? exact.slice(0, 10) : yield* present.nearest(types, value);
  // The id next to the name belongs to another record, which may be meant.
  const idRecord =
    (code === 'name_over_id' || code === 'id_over_name') && typeof becomes === 'string'
      ? present.called(types, becomes).slice(0, 1)
      : [];
  return [...new Set([...idRecord, ...found])].map((named) => ({
    value: named.id,
    label: present.label(named),
  }));
}

/** Names referred to by the sample, with the university if a name is not unique. */
function titlesIn({ sample, find, present }: SheetPlan): Record<string, string> {
  const titles: Record<string, string> = {};
  for (const { payload } of sample) {
    for (const id of Object.values(payload).flatMap(referencedIds)) {
      const found = id.length <= maxLengths.id ? find(id) : undefined;
      if (!found || found.type === 'profile') continue;
      const title = titleBy(find, found.type, found.payload);
      const named = present.named(id);
      const isOneOfSeveral = named && present.called(endTypes, title).length > 1;
      titles[id] = isOneOfSeveral ? present.label(named) : title;
    }
  }
  return titles;
}
