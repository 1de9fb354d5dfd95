import { randomUUID } from 'node:crypto';
import { serverKeys } from '#shared/contract/server/data.ts';
import type { Page } from '#shared/contract/server/base.ts';
import type { WireRecord } from '#shared/contract/server/data.ts';
import { typeByGroup } from '#shared/contract/server/index.ts';
import type { RecordGroup } from '#shared/contract/server/index.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { authorFieldsOf } from '#shared/domain/actor-fields.ts';
import { withDefaultFields } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEmptyPatch, patchBetween, patchedFields } from '#shared/domain/patch.ts';
import { sharedPayload } from '#shared/domain/shared-sandbox.ts';
import type { SharedPayload } from '#shared/domain/shared-sandbox.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { SignedInContext } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { forWriters, signedIn } from '../procedures.ts';
import { listRecords, readRecord, visibleCondition, wireRecord } from './read.ts';
import { assertValidChange, assertReferences, settableFields, readTitle } from './rules.ts';
import { notFound, writeChange } from './write.ts';

async function requireRecord(sql: Sql, type: EntityType | 'shared-sandbox', id: string) {
  const record = await readRecord(sql, type, id);
  if (!record) throw notFound(type, id);
  return record;
}

const readWire = async (sql: Sql, type: EntityType, id: string): Promise<WireRecord> =>
  wireRecord(await requireRecord(sql, type, id));

/** A field of projects in other programs, which creates a repository record. */
const repositoryUrl = 'repository_url';

/** The creation of a repository that a project names by its address, unless the project has one of this address. Throws VALIDATION_ERROR. */
async function repositoryRows(
  sql: Sql,
  { type, id, payload }: { type: EntityType; id: string; payload: JsonObject },
): Promise<SyncRow[]> {
  const url = payload[repositoryUrl];
  if (type !== 'project' || typeof url !== 'string' || url === '') return [];
  const known = await sql.get(
    `SELECT 1 FROM repositories t WHERE t.payload ->> 'project_id' = $1 AND t.payload ->> 'url' = $2 AND ${visibleCondition('repository')}`,
    [id, url],
  );
  if (known) return [];
  const name =
    url
      .replace(/(\.git)?\/*$/, '')
      .split('/')
      .at(-1) || url;
  const { university_id = null } = payload;
  const after = { ...withDefaultFields('repository', { name, url, project_id: id }, null), university_id };
  assertValidChange('repository', after, {});
  return [
    {
      action: 'create',
      type: 'repository',
      id: `${idPrefix.repository}_${randomUUID()}`,
      before: null,
      after,
    },
  ];
}

/** Throws VALIDATION_ERROR, DUPLICATE_ID, FORBIDDEN. */
function createRecord({ services, caller }: SignedInContext, type: EntityType, body: JsonObject) {
  const id = typeof body.id === 'string' ? body.id : `${idPrefix[type]}_${randomUUID()}`;
  const payload = withDefaultFields(type, settableFields(type, body), caller.university_id);
  assertValidChange(type, payload, {});
  return writeChange(
    services,
    caller,
    async (sql) => {
      if (await sql.get('SELECT 1 FROM frames_affiliations($1::text[])', [[id]]))
        throw new ServerFault('DUPLICATE_ID', { id });
      await assertReferences(sql, [{ type, payload, fields: null }]);
      const title = await readTitle(sql, type, payload);
      const row: SyncRow = { action: 'create', type, id, before: null, after: payload };
      const rows = [row, ...(await repositoryRows(sql, { type, id, payload }))];
      return { label: `${type}.create`, params: { type, id, title }, rows };
    },
    (sql) => readWire(sql, type, id),
  );
}

/** Updates a record to the result of `changePayload`. Throws TEAM_NOT_FOUND etc., VALIDATION_ERROR, FORBIDDEN. */
function changeRecord(
  { services, caller }: SignedInContext,
  { type, id }: { type: EntityType; id: string },
  changePayload: (payload: JsonObject) => JsonObject,
) {
  return writeChange(
    services,
    caller,
    async (sql) => {
      const { payload } = await requireRecord(sql, type, id);
      const changedPayload = changePayload(payload);
      const patch = patchBetween(payload, changedPayload);
      if (isEmptyPatch(patch)) return { label: '', params: {}, rows: [] };
      const fields = patchedFields(patch);
      const row: SyncRow = { action: 'update', type, id, ...patch };
      const added = fields.includes(repositoryUrl) ? { type, id, payload: changedPayload } : null;
      assertValidChange(type, changedPayload, payload);
      await assertReferences(sql, [{ type, payload: changedPayload, fields, stored: payload }]);
      const title = await readTitle(sql, type, payload);
      const rows = [row, ...(added ? await repositoryRows(sql, added) : [])];
      return { label: `${type}.update`, params: { type, id, title, fields }, rows };
    },
    (sql) => readWire(sql, type, id),
  );
}

/** Throws TEAM_NOT_FOUND etc., FORBIDDEN, IN_USE. */
function removeRecord(
  { services, caller }: SignedInContext,
  { type, id, withContents }: { type: EntityType; id: string; withContents: boolean },
) {
  return writeChange(
    services,
    caller,
    async (sql) => {
      const { payload } = await requireRecord(sql, type, id);
      const canDelete = caller.role === 'admin' || caller.role === 'researcher';
      if (type === 'university' && canDelete && !withContents) await assertEmpty(sql, id);
      const title = await readTitle(sql, type, payload);
      const row: SyncRow = { action: 'delete', type, id, before: payload, after: null };
      return { label: `${type}.delete`, params: { type, id, title }, rows: [row] };
    },
    () => Promise.resolve(undefined),
  );
}

async function assertEmpty(sql: Sql, university: string): Promise<void> {
  const counts = await sql.all<{ type: string; n: number }>(
    // Also counts records that the caller may not see.
    'SELECT type, n FROM frames_contents($1)',
    [university],
  );
  if (counts.length === 0) return;
  throw new ServerFault('IN_USE', {
    counts: Object.fromEntries(counts.map(({ type, n }) => [type, n])),
  });
}

/** Fields that no route can set; they stay unchanged. */
const serverFieldsOf = (payload: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => serverKeys.includes(key)));

function handlersOf(type: EntityType, group: RecordGroup) {
  const [routes, writeRoutes] = [signedIn[group], forWriters[group]];
  return {
    list: routes.list.handler(({ input, context }) =>
      context.services.database.readAsUser(context.caller, (sql) => listRecords(sql, type, input)),
    ),
    get: routes.get.handler(({ input, context }) =>
      context.services.database.readAsUser(context.caller, (sql) => readWire(sql, type, input.params.id)),
    ),
    create: writeRoutes.create.handler(({ input, context }) => createRecord(context, type, input.body)),
    replace: writeRoutes.replace.handler(({ input, context }) => {
      const fields = settableFields(type, input.body);
      return changeRecord(context, { type, id: input.params.id }, (payload) => ({
        ...authorFieldsOf(type, payload),
        ...fields,
        ...serverFieldsOf(payload),
      }));
    }),
    update: writeRoutes.update.handler(({ input, context }) => {
      const fields = settableFields(type, input.body);
      return changeRecord(context, { type, id: input.params.id }, (payload) => ({ ...payload, ...fields }));
    }),
    remove: writeRoutes.remove.handler(({ input, context }) => {
      const { params, query } = input;
      return removeRecord(context, { type, id: params.id, withContents: query.with_contents === 'true' });
    }),
  };
}

/** Lists only the number of changes, because a page with all changes would be too large. */
const payloadWithoutChanges = `t.payload - 'changes' || jsonb_build_object('count', jsonb_array_length(t.payload -> 'changes'))`;
type ListedSandbox = Omit<SharedPayload, 'changes'> & { count: number };

type GroupHandlers = Record<RecordGroup, ReturnType<typeof handlersOf>>;

const groupHandlers = Object.fromEntries(
  Object.entries(typeByGroup).map(([group, type]) => [group, handlersOf(type, group as RecordGroup)]),
) as GroupHandlers;

const sharedSandboxHandlers = {
  list: signedIn.sharedSandboxes.list.handler(async ({ input, context }) => {
    const { database } = context.services;
    const page = await database.asUser(context.caller, (sql) =>
      listRecords(sql, 'shared-sandbox', input, payloadWithoutChanges),
    );
    return page as Page<WireRecord & ListedSandbox>;
  }),
  get: signedIn.sharedSandboxes.get.handler(({ input, context }) =>
    context.services.database.asUser(context.caller, async (sql) => {
      const { id, payload, created_at, updated_at } = await requireRecord(
        sql,
        'shared-sandbox',
        input.params.id,
      );
      return { ...sharedPayload.parse(payload), id, created_at, updated_at };
    }),
  ),
};

export const recordHandlers: GroupHandlers & { sharedSandboxes: typeof sharedSandboxHandlers } = {
  ...groupHandlers,
  sharedSandboxes: sharedSandboxHandlers,
};
