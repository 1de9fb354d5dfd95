import type { z } from 'zod';
import type { mergeRecords as operation, MergedRecords } from '#shared/contract/merge.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isReferring, mayName, replaceIds } from '#shared/domain/references.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { editOf, liveRecord } from '../model/commands.ts';
import type { CallContext } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';
import { checkPayload, invalidFault } from '../model/validate.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runPlan } from '../plan/run-plan.ts';

type Input = z.output<(typeof operation)['~orpc']['inputSchema'] & z.ZodType>;

/** Merges records into one of them, as one transaction that can be undone. Throws as the operation does. */
export function mergeRecords(call: CallContext, input: Input, job: JobPace): Promise<MergedRecords> {
  const { dry, seen, type, keep, others } = input;
  return runPlan(call, { waiting: 'merging records', dry, seen }, job, async ({ write, pace, apply }) => {
    const title = readTitle(write.db, type, liveRecord(write.db, type, keep).payload);
    const { plan, ...counts } = await runSteps(pace, 'checking', planMerge(write.db, input));
    const done = await apply({
      changes: plan,
      label: (audit) => audit.label('records.merged', { type, id: keep, title, count: others.length + 1 }),
    });
    return { ...done, ...counts };
  });
}

interface PlannedMerge extends Pick<MergedRecords, 'links' | 'references'> {
  plan: PlannedChange[];
}

const isKnown = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The payload of the record that stays. */
function mergedPayload(kept: JsonObject, others: readonly JsonObject[], values: JsonObject): JsonObject {
  const payload: Record<string, Json> = { ...kept };
  for (const other of others)
    for (const [field, value] of Object.entries(other))
      if (isKnown(value) && !isKnown(payload[field])) payload[field] = value;
  return { ...payload, ...values };
}

interface Row {
  id: string;
  payload: string;
}

interface ReferringField {
  type: AuditedType;
  field: string;
  isList: boolean;
}

/** Reference fields to a type, except the ends of links. */
const referencesTo = (to: EntityType): readonly ReferringField[] => [
  ...entityTypes.flatMap((type) =>
    fieldsOf(type)
      .filter((field) => isReferring(field) && field.to !== 'any' && mayName(field.to, to))
      .map(({ key, kind }) => ({ type, field: key, isList: kind === 'references' })),
  ),
  ...(to === 'university' ? [{ type: 'profile', field: 'university_id', isList: false } as const] : []),
];

const listed = 'IN (SELECT value FROM json_each(:ids))';

/** The condition that a list field of a row contains one of `:ids`. */
const listNames = (field: string): string =>
  `payload ->> '$.${field}' IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(payload, '$.${field}') WHERE value ${listed})`;

const listIn = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

const plansNaming = `SELECT id, payload FROM repairs r WHERE ${visibleCondition('r')} AND EXISTS (
  SELECT 1 FROM json_tree(json_array(json(payload -> '$.subjects'), json(payload -> '$.steps'))) WHERE atom ${listed}) ORDER BY id`;

function replacedIn(value: Json, replace: (id: Json) => Json): Json {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((one: Json) => replacedIn(one, replace));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replacedIn(one, replace)]));
}

/** The changes of the records, their references and their links. Yields the number of queries answered. */
function* planMerge(
  db: ReadHandle,
  { type, keep, others: named, values }: Pick<Input, 'type' | 'keep' | 'others' | 'values'>,
): Generator<number, PlannedMerge, void> {
  const others = [...new Set(named)];
  if (others.includes(keep))
    throw invalidFault([{ path: 'others', code: 'twice', message: 'names the record that stays' }]);
  const payload = mergedPayload(
    liveRecord(db, type, keep).payload,
    others.map((id) => liveRecord(db, type, id).payload),
    editOf(type, keep, { data: values, unset: [] }).set,
  );
  checkPayload(type, payload);
  const merged = new Set(others);
  const staying = (id: Json | undefined): Json =>
    typeof id === 'string' && merged.has(id) ? keep : (id ?? null);
  /** Changed records by id. One record may name the others in several fields. */
  const edits = new Map<string, { type: AuditedType; payload: JsonObject }>([[keep, { type, payload }]]);
  const edit = (holder: AuditedType, row: Row, set: (before: JsonObject) => JsonObject): void => {
    const before = edits.get(row.id)?.payload ?? (JSON.parse(row.payload) as JsonObject);
    edits.set(row.id, { type: holder, payload: { ...before, ...set(before) } });
  };
  let queries = 0;
  let references = 0;
  for (const { type: holder, field, isList } of referencesTo(type)) {
    const shown = holder === 'profile' ? 'deleted_at IS NULL' : visibleCondition();
    const names = isList ? listNames(field) : `${field} ${listed}`;
    const sql = `SELECT id, payload FROM ${tableOf[holder]} WHERE ${names} AND ${shown} ORDER BY id`;
    for (const row of db.all<Row>(sql, { ids: JSON.stringify(others) })) {
      references += 1;
      edit(holder, row, (before) => ({
        [field]: isList ? replaceIds(listIn(before[field]), staying) : staying(before[field]),
      }));
    }
    yield ++queries;
  }
  for (const row of db.all<Row>(plansNaming, { ids: JSON.stringify(others) })) {
    references += 1;
    edit('repair', row, (before) =>
      Object.fromEntries(
        ['subjects', 'steps'].map((field) => [field, replacedIn(before[field] ?? null, staying)]),
      ),
    );
  }
  yield ++queries;
  const links = { moved: 0, dropped: 0, parallel: 0 };
  const ends = JSON.stringify([keep, ...others]);
  const sql = `SELECT id, payload FROM interfaces WHERE from_id ${listed} AND ${visibleCondition()}
    UNION SELECT id, payload FROM interfaces WHERE to_id ${listed} AND ${visibleCondition()} ORDER BY id`;
  const all = type === 'interface' ? [] : db.all<Row>(sql, { ids: ends });
  yield ++queries;
  const rows = all.map(({ id, payload: text }) => {
    const before = JSON.parse(text) as JsonObject;
    const [from, to] = [staying(before['from']), staying(before['to'])];
    const isMoved = from !== before['from'] || to !== before['to'];
    return { id, from, to, isMoved, after: { ...before, ...edits.get(id)?.payload, from, to } };
  });
  const known = new Map<string, JsonObject[]>();
  const dropped: PlannedChange[] = [];
  // Unmoved links first: of two equal ones, the moved one is dropped.
  for (const { id, from, to, isMoved, after } of rows.toSorted(
    (a, b) => Number(a.isMoved) - Number(b.isMoved),
  )) {
    const key = JSON.stringify([from, to]);
    const same = known.get(key) ?? [];
    if (isMoved && (from === to || same.some((one) => jsonEqual(one, after)))) {
      links.dropped += 1;
      edits.delete(id);
      dropped.push({ type: 'interface', id, payload: null });
      continue;
    }
    known.set(key, [...same, after]);
    if (!isMoved) continue;
    if (same.length > 0) links.parallel += 1;
    links.moved += 1;
    edits.set(id, { type: 'interface', payload: after });
  }
  const plan: PlannedChange[] = [
    ...[...edits].map(([id, changed]) => ({ id, ...changed })),
    ...dropped,
    ...others.map((id) => ({ type, id, payload: null })),
  ];
  return { plan, links, references };
}
