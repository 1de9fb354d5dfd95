import { isFault } from '#shared/contract/faults.ts';
import type { SheetChoices, SheetOutcome, SheetPreview } from '#shared/contract/sheets.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { isReferenceKind, referencedIds } from '#shared/domain/references.ts';
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
import { firstChanges } from '../json/preview.ts';
import { isEmpty, createLookup, checkPermissions } from '../write.ts';
import { ordersOf } from './columns/date-columns.ts';
import { figuresOf } from './figures.ts';
import { findBlocked, sortForPlanning, reportOfSheets } from './import.ts';
import { planSheet } from './plan.ts';
import type { SheetPlan } from './plan.ts';
import type { SheetFile } from './read/read.ts';
import { endTypes } from './rows/visible-records.ts';
import { typesOf } from './rows/reference.ts';
import { weightOf } from './rows/row-problems.ts';
import type { CollectedProblem } from './rows/row-problems.ts';
import { severalNames } from './rows/several-names.ts';
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

/** Limit of problems with suggestions, because finding suggestions compares all names. */
const maxSuggested = 60;

const maxReferenced = 30;

interface Sheet {
  sheetFile: SheetFile;
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
  let lookup = await runSteps(pace, 'checking', createLookup(db));
  const earlier: PlannedRecord[] = [];
  const plans = new Map<SheetFile, SheetPlan>();
  let forbidden: string | null = null;
  for (const { sheetFile, choices } of sortForPlanning(sheets)) {
    const sources = { db, lookup, columns, ids: source.ids, earlier };
    const { table } = sheetFile;
    const plan = await runSteps(pace, 'checking', planSheet(table, choices, sources), table.rows.length);
    try {
      await runSteps(pace, 'checking', checkPermissions(db, actor, plan), plan.records.length);
    } catch (error) {
      if (!isFault(error) || error.code !== 'FORBIDDEN') throw error;
      forbidden ??= 'rule' in error.data ? error.data.rule : null;
    }
    plans.set(sheetFile, plan);
    // The next sheet finds the records that this sheet creates.
    earlier.push(...plan.records);
    lookup = lookupAfter(plan.records, lookup);
  }
  const [firstSheet, ...otherSheets] = sheets as [Sheet, ...Sheet[]];
  const others: SheetPreview['others'] = [];
  for (const other of otherSheets) {
    const plan = plans.get(other.sheetFile) as SheetPlan;
    const otherProblems = weightedProblems(plan);
    const problems = otherProblems.map(({ knownSuggestions: suggestions = [], ...problem }) => ({
      ...problem,
      suggestions,
    }));
    others.push({ ...outcomeOf(plan, other, otherProblems), problems });
  }
  const plan = plans.get(firstSheet.sheetFile) as SheetPlan;
  const firstProblems = weightedProblems(plan);
  const problems = await runSteps(pace, 'checking', suggestAll(firstProblems, plan, firstSheet.choices));
  return {
    ...outcomeOf(plan, firstSheet, firstProblems),
    ...summarize(plan, firstSheet, problems),
    others,
    report: reportOfSheets(
      sheets.map(({ sheetFile }) => ({ sheetFile, plan: plans.get(sheetFile) as SheetPlan })),
    ),
    forbidden,
    workspace_empty: isEmpty(countRecords(db)),
  };
}

function lookupAfter(records: readonly PlannedRecord[], lookup: Lookup): Lookup {
  const plannedById = new Map(records.map((record) => [record.id, record]));
  return (id) => {
    const record = plannedById.get(id);
    return record
      ? { type: record.type, deleted: false, hidden: false, payload: record.payload }
      : lookup(id);
  };
}

type WeightedProblem = CollectedProblem & Pick<SheetProblem, 'weight'>;

const weightedProblems = ({ problems }: SheetPlan): WeightedProblem[] =>
  problems.list().map((problem) => ({ ...problem, weight: weightOf(problem) }));

function outcomeOf(
  { rows: rowCount, records, rowRecords, referenced, find, matched, skipped, problems }: SheetPlan,
  { sheetFile, choices }: Sheet,
  weighted: readonly WeightedProblem[],
): SheetOutcome {
  const count = (effect: string): number => rowRecords.filter((record) => record.effect === effect).length;
  return {
    sheet: sheetFile.sheet,
    type: choices.type,
    rows: rowCount,
    creates: count('create'),
    updates: count('update'),
    restores: count('restore'),
    unchanged: count('unchanged'),
    skipped,
    matched,
    along: referenced
      .slice(0, maxReferenced)
      .map(({ type, payload }) => ({ type, title: titleBy(find, type, payload) })),
    along_count: referenced.length,
    writes: records.length - count('unchanged'),
    figures: figuresOf(choices.type, rowRecords),
    to_decide: problems.size - weighted.filter(({ weight }) => weight !== 'decide').length,
  };
}

type Summary = Omit<SheetPreview, keyof SheetOutcome | 'report' | 'forbidden' | 'workspace_empty' | 'others'>;

function summarize(plan: SheetPlan, { sheetFile, choices }: Sheet, suggested: SheetProblem[]): Summary {
  const { rowRecords, find, problems } = plan;
  return {
    sha256: sheetFile.sha256,
    share_units: Object.fromEntries([...plan.shareUnits].map(([field, { unit }]) => [field, unit])),
    share_scales: Object.fromEntries(
      [...plan.shareUnits].flatMap(([field, { scale }]) => (scale === null ? [] : [[field, scale]])),
    ),
    name_order: plan.nameOrder,
    blocked: findBlocked(plan),
    problems: suggested,
    problem_count: problems.size,
    date_columns: [...plan.dateColumns.values()]
      .filter(({ column }) => choices.columns[column]?.to === 'own')
      .map(({ column, dateCount: days, otherCount: others }) => ({ column, days, others })),
    sample: plan.sample.map((row) => ({ ...row, title: titleBy(find, choices.type, row.payload) })),
    values_used: [...plan.usedRules].map(({ column, value }) => ({ column, value })),
    titles: titlesIn(plan),
    changed: firstChanges({ records: rowRecords, find }),
    changed_fields: changedFields(rowRecords),
  };
}

function* suggestAll(
  weighted: readonly WeightedProblem[],
  plan: SheetPlan,
  choices: SheetChoices,
): Generator<number, SheetProblem[], void> {
  const result: SheetProblem[] = [];
  for (const { knownSuggestions, ...problem } of weighted) {
    const isSearched = result.length < maxSuggested || isDateOrder(problem);
    const suggestions = isSearched && !knownSuggestions ? yield* suggestionsFor(problem, plan, choices) : [];
    result.push({ ...problem, suggestions: knownSuggestions ?? suggestions });
  }
  return result;
}

const isDateOrder = ({ code }: Pick<SheetProblem, 'code'>): boolean =>
  code === 'date_order' || code === 'date_read';

type UnsuggestedProblem = Omit<CollectedProblem, 'knownSuggestions'>;

function* suggestionsFor(
  { code, field: key, value, becomes }: UnsuggestedProblem,
  { visible }: SheetPlan,
  { type }: SheetChoices,
): Generator<number, SheetProblem['suggestions'], void> {
  if (isDateOrder({ code })) return ordersOf(value);
  const field = key === null ? undefined : fieldOf(type, key);
  if (!field) return [];
  if (code === 'unknown_choice' && field.list) {
    return nearestValues(field.list, value).map((one) => ({ value: one, label: one }));
  }
  if (!isReferenceKind(field) || code === 'reference_created' || code === 'placeholder') return [];
  const types = typesOf(field);
  if (code === 'several_names')
    return severalNames(value, () => true).map((name) => ({
      value: visible.recordsNamed(types, name)[0]?.id ?? name,
      label: name,
    }));
  const exactMatches = visible.recordsNamed(types, value);
  const candidates =
    exactMatches.length > 0 ? exactMatches.slice(0, 10) : yield* visible.nearest(types, value);
  // The user can mean the record of the id next to the name.
  const idRecord =
    (code === 'name_over_id' || code === 'id_over_name') && typeof becomes === 'string'
      ? visible.recordsNamed(types, becomes).slice(0, 1)
      : [];
  return [...new Set([...idRecord, ...candidates])].map((record) => ({
    value: record.id,
    label: visible.label(record),
  }));
}

/** Titles of the records that the sample refers to, with the university if a title is not unique. */
function titlesIn({ sample, find, visible, referencedTitle }: SheetPlan): Record<string, string> {
  const titles: Record<string, string> = {};
  for (const { payload } of sample) {
    for (const id of Object.values(payload).flatMap(referencedIds)) {
      const record = id.length <= maxLengths.id ? find(id) : undefined;
      if (!record || record.type === 'profile') {
        const title = referencedTitle(id);
        if (title !== undefined) titles[id] = title;
        continue;
      }
      const title = titleBy(find, record.type, record.payload);
      const indexed = visible.recordById(id);
      const isOneOfSeveral = indexed && visible.recordsNamed(endTypes, title).length > 1;
      titles[id] = isOneOfSeveral ? visible.label(indexed) : title;
    }
  }
  return titles;
}
