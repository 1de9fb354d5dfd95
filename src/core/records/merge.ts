import { issueWithCode } from '#shared/texts/issues.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type { mergeRecords as operation, MergedRecords } from '#shared/contract/merge.ts';
import { changeIssues } from '#shared/domain/check-payload.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isReferenceKind, canTarget, replaceIds } from '#shared/domain/references.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { editOf, visibleRecord } from '../model/commands.ts';
import type { CallContext } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';
import { checkPayload, invalidFault } from '../model/validate.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runPlan } from '../plan/run-plan.ts';
import { linksOf, matchContents, redirectOf } from './match-contents.ts';
import type { LinkRow, MergeSet, Redirect } from './match-contents.ts';
import { asList, mergePayloads, redirectFields, reportContents } from './merge-values.ts';
import type { SetPayloads } from './merge-values.ts';

type MergeInput = InputOf<typeof operation>;

/** Merges records into one of them, as one transaction that can be undone. Throws as the operation does. */
export function mergeRecords(call: CallContext, input: MergeInput, jobPace: JobPace): Promise<MergedRecords> {
  const { dry, seen, type, keep, values, except } = input;
  const main = { type, keep, others: [...new Set(input.others)] };
  if (main.others.includes(keep)) throw invalidFault([issueWithCode('others', 'twice', 'kept_record')]);
  return runPlan(
    call,
    { jobLabel: 'merging records', dry, seen },
    jobPace,
    async ({ write: { db }, pace, apply }) => {
      const title = readTitle(db, type, visibleRecord(db, type, keep).payload);
      const matched =
        input.contents && type === 'university'
          ? await runSteps(pace, 'checking', matchContents(db, main, new Set(except)))
          : null;
      const sets = [main, ...(matched?.sets ?? [])];
      const { plan, payloads, ...counts } = await runSteps(
        pace,
        'checking',
        planMerge(db, sets, { values, unitesLists: matched !== null }),
      );
      const contents =
        matched && (await runSteps(pace, 'checking', reportContents(db, sets, matched, payloads)));
      const recordCount = (count: number, { others }: MergeSet): number => count + others.length + 1;
      const matchedCount = matched?.sets.reduce(recordCount, 0) ?? 0;
      const applied = await apply({
        changes: plan,
        label: (audit) =>
          audit.label('records.merged', {
            type,
            id: keep,
            title,
            count: main.others.length + 1,
            ...(matchedCount > 0 && { contents: matchedCount }),
          }),
      });
      return { ...applied, ...counts, contents };
    },
  );
}

interface PlannedMerge extends Pick<MergedRecords, 'links' | 'references'> {
  plan: PlannedChange[];
  payloads: SetPayloads;
}

interface ReferringField<T extends AuditedType = AuditedType> {
  type: T;
  field: string;
  isList: boolean;
}

/** Reference fields of records to a type, except the ends of links. */
export const referencesTo = (to: EntityType): readonly ReferringField<EntityType>[] =>
  entityTypes.flatMap((type) =>
    fieldsOf(type)
      .filter((field) => isReferenceKind(field) && field.to !== 'any' && canTarget(field.to, to))
      .map(({ key, kind }) => ({ type, field: key, isList: kind === 'references' })),
  );

const profileReference: ReferringField = { type: 'profile', field: 'university_id', isList: false };

const inIds = 'IN (SELECT value FROM json_each(:ids))';

/** The condition that a list field of a row contains one of `:ids`. */
const listContainsSql = (field: string): string =>
  `payload ->> '$.${field}' IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(payload, '$.${field}') WHERE value ${inIds})`;

const repairsSql = `SELECT id, payload FROM repairs r WHERE ${visibleCondition('r')} AND EXISTS (
  SELECT 1 FROM json_tree(json_array(json(payload -> '$.subjects'), json(payload -> '$.steps'))) WHERE atom ${inIds}) ORDER BY id`;

function replaceIdsIn(value: Json, replace: (id: Json) => Json): Json {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item: Json) => replaceIdsIn(item, replace));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceIdsIn(item, replace)]));
}

interface Merge {
  db: ReadHandle;
  sets: readonly MergeSet[];
  mergedIds: ReadonlySet<string>;
  redirect: Redirect;
  /** The new payloads of changed records by id. One record can refer to merged ones in several fields. */
  edits: Map<string, Pick<PlannedChange, 'type' | 'isMerged'> & { payload: JsonObject }>;
}

/** The changes of the records, their references and their links. `values` are for the first set. Yields the steps done. */
function* planMerge(
  db: ReadHandle,
  sets: readonly MergeSet[],
  { values, unitesLists }: { values: JsonObject; unitesLists: boolean },
): Generator<number, PlannedMerge, void> {
  const redirect = redirectOf(sets);
  const edits: Merge['edits'] = new Map();
  const payloads: SetPayloads = new Map();
  let steps = 0;
  for (const [index, { type, keep, others: otherIds }] of sets.entries()) {
    const [kept = {}, ...others] = [keep, ...otherIds].map((id) =>
      redirectFields(type, visibleRecord(db, type, id).payload, redirect),
    );
    const isMain = index === 0;
    const merged = mergePayloads(kept, others, { unitesLists });
    const payload = isMain ? { ...merged, ...editOf(type, keep, { data: values, unset: [] }).set } : merged;
    if (isMain) checkMain(type, payload, kept, others);
    edits.set(keep, { type, payload, isMerged: !isMain });
    for (const [at, id] of otherIds.entries()) payloads.set(id, { kept: payload, other: others[at] ?? {} });
    yield ++steps;
  }
  const mergedIds = new Set(sets.flatMap(({ others }) => others));
  const merge = { db, sets, mergedIds, redirect, edits };
  const { references, queries } = yield* redirectReferences(merge);
  const { links, droppedIds } = redirectLinks(merge);
  yield steps + queries + 1;
  const plan: PlannedChange[] = [
    ...[...edits].map(([id, edit]) => ({ id, ...edit })),
    ...droppedIds.map((id) => ({ type: 'interface' as const, id, payload: null })),
    // The contents of a deleted record before the record.
    ...sets.toReversed().flatMap(({ type, others }) => others.map((id) => ({ type, id, payload: null }))),
  ];
  return { plan, payloads, links, references };
}

/** Throws INVALID with the problems of the merged payload. */
function checkMain(
  type: EntityType,
  payload: JsonObject,
  kept: JsonObject,
  others: readonly JsonObject[],
): void {
  checkPayload(type, payload, kept);
  // A value that any of the records has is not new.
  const storedValues = Object.entries(payload).filter(([field, value]) =>
    others.some((other) => jsonEqual(other[field] ?? null, value)),
  );
  const issues = changeIssues(type, payload, { ...kept, ...Object.fromEntries(storedValues) });
  if (issues.length > 0) throw invalidFault(issues);
}

/** The fields that refer to merged records, with the ids of these. */
function referringFields(sets: readonly MergeSet[]): (ReferringField & { ids: string[] })[] {
  const fields = new Map<string, ReferringField & { ids: string[] }>();
  for (const { type, others } of sets)
    for (const field of [...referencesTo(type), ...(type === 'university' ? [profileReference] : [])]) {
      const key = `${field.type} ${field.field}`;
      const known = fields.get(key) ?? { ...field, ids: [] };
      fields.set(key, known);
      known.ids.push(...others);
    }
  return [...fields.values()];
}

/** Redirects all references except the ends of links. Yields the number of queries answered. */
function* redirectReferences({
  db,
  sets,
  mergedIds,
  redirect,
  edits,
}: Merge): Generator<number, { references: number; queries: number }, void> {
  let queries = 0;
  let references = 0;
  const addEdit = (
    recordType: AuditedType,
    row: LinkRow,
    newFields: (before: JsonObject) => JsonObject,
  ): void => {
    if (mergedIds.has(row.id)) return;
    references += 1;
    const edit = edits.get(row.id);
    const before = edit?.payload ?? (JSON.parse(row.payload) as JsonObject);
    edits.set(row.id, { ...edit, type: recordType, payload: { ...before, ...newFields(before) } });
  };
  for (const { type: recordType, field, isList, ids: idList } of referringFields(sets)) {
    const visibility = recordType === 'profile' ? 'deleted_at IS NULL' : visibleCondition();
    const condition = isList ? listContainsSql(field) : `${field} ${inIds}`;
    const sql = `SELECT id, payload FROM ${tableOf[recordType]} WHERE ${condition} AND ${visibility} ORDER BY id`;
    for (const row of db.all<LinkRow>(sql, { ids: JSON.stringify(idList) }))
      addEdit(recordType, row, (before) => ({
        [field]: isList ? replaceIds(asList(before[field]), redirect) : redirect(before[field]),
      }));
    yield ++queries;
  }
  for (const row of db.all<LinkRow>(repairsSql, { ids: JSON.stringify([...mergedIds]) }))
    addEdit('repair', row, (before) =>
      Object.fromEntries(
        ['subjects', 'steps'].map((field) => [field, replaceIdsIn(before[field] ?? null, redirect)]),
      ),
    );
  yield ++queries;
  return { references, queries };
}

interface MergedLinks {
  links: MergedRecords['links'];
  droppedIds: readonly string[];
}

/** Redirects the ends of links. Drops moved links that would join a record with itself or equal another link. */
function redirectLinks({ db, sets, mergedIds, redirect, edits }: Merge): MergedLinks {
  const links = { moved: 0, dropped: 0, parallel: 0 };
  const rows = linksOf(
    db,
    sets.filter(({ type }) => type !== 'interface'),
  ).filter(({ id }) => !mergedIds.has(id));
  const redirectedLinks = rows.map(({ id, payload }) => {
    const before = JSON.parse(payload) as JsonObject;
    const [from, to] = [redirect(before['from']), redirect(before['to'])];
    const isMoved = from !== before['from'] || to !== before['to'];
    return { id, from, to, isMoved, after: { ...before, ...edits.get(id)?.payload, from, to } };
  });
  const linksByEnds = new Map<string, JsonObject[]>();
  const droppedIds: string[] = [];
  // Unmoved links first: of two equal links, the moved one is dropped.
  for (const { id, from, to, isMoved, after } of redirectedLinks.toSorted(
    (a, b) => Number(a.isMoved) - Number(b.isMoved),
  )) {
    const key = JSON.stringify([from, to]);
    const existing = linksByEnds.get(key) ?? [];
    // A link that others were merged into stays, because their references lead to it.
    const canDrop = isMoved && !edits.get(id)?.isMerged;
    if (canDrop && (from === to || existing.some((existingLink) => jsonEqual(existingLink, after)))) {
      links.dropped += 1;
      edits.delete(id);
      droppedIds.push(id);
      continue;
    }
    linksByEnds.set(key, [...existing, after]);
    if (!isMoved) continue;
    if (existing.length > 0) links.parallel += 1;
    links.moved += 1;
    edits.set(id, { ...edits.get(id), type: 'interface', payload: after });
  }
  return { links, droppedIds };
}
