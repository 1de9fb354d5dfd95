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

type MergeInput = InputOf<typeof operation>;

/** Merges records into one of them, as one transaction that can be undone. Throws as the operation does. */
export function mergeRecords(call: CallContext, input: MergeInput, jobPace: JobPace): Promise<MergedRecords> {
  const { dry, seen, type, keep, others } = input;
  return runPlan(
    call,
    { jobLabel: 'merging records', dry, seen },
    jobPace,
    async ({ write, pace, apply }) => {
      const title = readTitle(write.db, type, visibleRecord(write.db, type, keep).payload);
      const { plan, ...counts } = await runSteps(pace, 'checking', planMerge(write.db, input));
      const applied = await apply({
        changes: plan,
        label: (audit) => audit.label('records.merged', { type, id: keep, title, count: others.length + 1 }),
      });
      return { ...applied, ...counts };
    },
  );
}

interface PlannedMerge extends Pick<MergedRecords, 'links' | 'references'> {
  plan: PlannedChange[];
}

const hasValue = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The payload of the record that stays, with values of the others where it has none. */
function mergedPayload(
  keptPayload: JsonObject,
  others: readonly JsonObject[],
  values: JsonObject,
): JsonObject {
  const payload: Record<string, Json> = { ...keptPayload };
  for (const otherPayload of others)
    for (const [field, value] of Object.entries(otherPayload))
      if (hasValue(value) && !hasValue(payload[field])) payload[field] = value;
  return { ...payload, ...values };
}

interface Row {
  id: string;
  payload: string;
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

const asList = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

const repairsSql = `SELECT id, payload FROM repairs r WHERE ${visibleCondition('r')} AND EXISTS (
  SELECT 1 FROM json_tree(json_array(json(payload -> '$.subjects'), json(payload -> '$.steps'))) WHERE atom ${inIds}) ORDER BY id`;

function replaceIdsIn(value: Json, replace: (id: Json) => Json): Json {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item: Json) => replaceIdsIn(item, replace));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceIdsIn(item, replace)]));
}

/** A merge of the records `otherIds` into the record `keep`. */
interface Merge {
  db: ReadHandle;
  type: EntityType;
  keep: string;
  otherIds: readonly string[];
  /** The id of the kept record for that of a merged one; other values stay. */
  redirect: (id: Json | undefined) => Json;
  /** The new payloads of changed records by id. One record can refer to merged ones in several fields. */
  edits: Map<string, { type: AuditedType; payload: JsonObject }>;
}

/** The changes of the records, their references and their links. Yields the number of queries answered. */
function* planMerge(
  db: ReadHandle,
  { type, keep, others: requestedOthers, values }: Pick<MergeInput, 'type' | 'keep' | 'others' | 'values'>,
): Generator<number, PlannedMerge, void> {
  const otherIds = [...new Set(requestedOthers)];
  if (otherIds.includes(keep)) throw invalidFault([issueWithCode('others', 'twice', 'kept_record')]);
  const kept = visibleRecord(db, type, keep).payload;
  const others = otherIds.map((id) => visibleRecord(db, type, id).payload);
  const payload = mergedPayload(kept, others, editOf(type, keep, { data: values, unset: [] }).set);
  checkPayload(type, payload, kept);
  // A value that any of the records has is not new.
  const storedValues = Object.entries(payload).filter(([field, value]) =>
    others.some((other) => jsonEqual(other[field] ?? null, value)),
  );
  const issues = changeIssues(type, payload, { ...kept, ...Object.fromEntries(storedValues) });
  if (issues.length > 0) throw invalidFault(issues);
  const mergedIds = new Set(otherIds);
  const redirect = (id: Json | undefined): Json =>
    typeof id === 'string' && mergedIds.has(id) ? keep : (id ?? null);
  const edits: Merge['edits'] = new Map([[keep, { type, payload }]]);
  const merge = { db, type, keep, otherIds, redirect, edits };
  const { references, queries } = yield* redirectReferences(merge);
  const { links, droppedIds } = type === 'interface' ? noLinks : redirectLinks(merge);
  yield queries + 1;
  const plan: PlannedChange[] = [
    ...[...edits].map(([id, edit]) => ({ id, ...edit })),
    ...droppedIds.map((id) => ({ type: 'interface' as const, id, payload: null })),
    ...otherIds.map((id) => ({ type, id, payload: null })),
  ];
  return { plan, links, references };
}

/** Redirects all references except the ends of links. Yields the number of queries answered. */
function* redirectReferences({
  db,
  type,
  otherIds,
  redirect,
  edits,
}: Merge): Generator<number, { references: number; queries: number }, void> {
  const ids = JSON.stringify(otherIds);
  const addEdit = (
    recordType: AuditedType,
    row: Row,
    newFields: (before: JsonObject) => JsonObject,
  ): void => {
    const before = edits.get(row.id)?.payload ?? (JSON.parse(row.payload) as JsonObject);
    edits.set(row.id, { type: recordType, payload: { ...before, ...newFields(before) } });
  };
  let queries = 0;
  let references = 0;
  const profileReferences = type === 'university' ? [profileReference] : [];
  for (const { type: recordType, field, isList } of [...referencesTo(type), ...profileReferences]) {
    const visibility = recordType === 'profile' ? 'deleted_at IS NULL' : visibleCondition();
    const condition = isList ? listContainsSql(field) : `${field} ${inIds}`;
    const sql = `SELECT id, payload FROM ${tableOf[recordType]} WHERE ${condition} AND ${visibility} ORDER BY id`;
    for (const row of db.all<Row>(sql, { ids })) {
      references += 1;
      addEdit(recordType, row, (before) => ({
        [field]: isList ? replaceIds(asList(before[field]), redirect) : redirect(before[field]),
      }));
    }
    yield ++queries;
  }
  for (const row of db.all<Row>(repairsSql, { ids })) {
    references += 1;
    addEdit('repair', row, (before) =>
      Object.fromEntries(
        ['subjects', 'steps'].map((field) => [field, replaceIdsIn(before[field] ?? null, redirect)]),
      ),
    );
  }
  yield ++queries;
  return { references, queries };
}

interface MergedLinks {
  links: MergedRecords['links'];
  droppedIds: readonly string[];
}

const noLinks: MergedLinks = { links: { moved: 0, dropped: 0, parallel: 0 }, droppedIds: [] };

/** Redirects the ends of links. Drops moved links that would join a record with itself or equal another link. */
function redirectLinks({ db, keep, otherIds, redirect, edits }: Merge): MergedLinks {
  const links = { moved: 0, dropped: 0, parallel: 0 };
  const sql = `SELECT id, payload FROM interfaces WHERE from_id ${inIds} AND ${visibleCondition()}
    UNION SELECT id, payload FROM interfaces WHERE to_id ${inIds} AND ${visibleCondition()} ORDER BY id`;
  const rows = db.all<Row>(sql, { ids: JSON.stringify([keep, ...otherIds]) });
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
    if (isMoved && (from === to || existing.some((existingLink) => jsonEqual(existingLink, after)))) {
      links.dropped += 1;
      edits.delete(id);
      droppedIds.push(id);
      continue;
    }
    linksByEnds.set(key, [...existing, after]);
    if (!isMoved) continue;
    if (existing.length > 0) links.parallel += 1;
    links.moved += 1;
    edits.set(id, { type: 'interface', payload: after });
  }
  return { links, droppedIds };
}
