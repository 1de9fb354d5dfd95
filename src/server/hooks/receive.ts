import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { HookKind } from '#shared/contract/server/hooks.ts';
import { mergeEvidence } from '#shared/domain/evidence.ts';
import type { EvidenceFact } from '#shared/domain/evidence.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { textIn } from '#shared/domain/json.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { networkOf } from '../api.ts';
import type { Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import { noRouteError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { readRecord, visibleCondition } from '../records/read.ts';
import { writeChange } from '../records/write.ts';
import type { RequestedChange } from '../records/write.ts';
import { factsIn } from './facts.ts';
import { verifyDelivery } from './verify.ts';

interface IncomingHook {
  id: string;
  kind: HookKind;
  repository_id: string;
  secrets: string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The webhook of the address; null for other requests. Set before the body is read. */
    hook: IncomingHook | null;
  }
}

/** GitHub sends up to 25 MB, but only for pushes of thousands of commits. */
const maxBodyBytes = 1024 * 1024;

const addDelivery = `INSERT INTO deliveries (hook, id, direction, state, error, at) VALUES ($1, $2, 'in', $3, $4, $5) ON CONFLICT DO NOTHING`;

/** Mounts the address that GitHub and others send to, outside the API: each webhook signs with its secret, and nobody signs in. */
export function mountHooks(app: FastifyInstance, services: Omit<Services, 'log'>, limits: Limits): void {
  const { database, now } = services;
  const refuse = async (request: FastifyRequest, reply: FastifyReply, fault: ServerFault): Promise<never> => {
    await limits.forReply(reply).charge('address', networkOf(request.ip));
    throw fault;
  };
  void app.register(async (hookApp) => {
    // The signature covers the bytes, so no parser of the server may touch them.
    hookApp.removeAllContentTypeParsers();
    hookApp.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    hookApp.decorateRequest('hook', null);
    hookApp.post<{ Params: { id: string } }>('/api/hooks/:id', {
      bodyLimit: maxBodyBytes,
      async onRequest(request, reply) {
        const hook = await database.get<IncomingHook>(
          `SELECT id, kind, repository_id, secrets FROM hooks WHERE id = $1 AND direction = 'in' AND state = 'on'`,
          [request.params.id],
        );
        request.hook = hook ?? (await refuse(request, reply, noRouteError()));
      },
      async handler(request, reply) {
        const { hook, headers } = request;
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (!hook) throw noRouteError();
        const verified = verifyDelivery(hook.kind, { headers, body }, { secrets: hook.secrets, now: now() });
        if (!verified) return refuse(request, reply, new ServerFault('UNAUTHORIZED', {}, 'signature'));
        await limits.forReply(reply).charge('operations', actorOf(hook.id));
        const text = body.toString();
        const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
        const json = parseJson(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text);
        const state = await receiveDelivery(services, hook, { ...verified, body: json });
        return reply.code(202).send({ state });
      },
    });
  });
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

const actorOf = (hook: string): string => `hook:${hook}`;

/** Adds what a delivery says to tasks of the repository, in one transaction with the delivery. A known one changes nothing. */
async function receiveDelivery(
  services: Pick<Services, 'database' | 'now' | 'hints' | 'groupCommit' | 'config'>,
  { id: hook, kind, repository_id }: IncomingHook,
  { id, event, body }: { id: string; event: string; body: Json },
): Promise<'done' | 'ignored' | 'failed' | 'known'> {
  const [rights, time] = [{ role: 'researcher', university_id: null, sees: 'all' } as const, services.now()];
  const actor = { id: actorOf(hook), name: `Webhook ${kind}`, ...rights, repository: repository_id };
  let state: 'done' | 'ignored' | 'known' = 'known';
  const plan = async (sql: Sql): Promise<RequestedChange> => {
    const { payload } = (await readRecord(sql, 'repository', repository_id)) ?? {};
    const facts = payload ? factsIn({ kind, event, body }, textIn(payload['branch'])) : [];
    const rows = await evidenceRows(sql, { hook, repository: repository_id }, facts);
    state = facts.length > 0 ? 'done' : 'ignored';
    const isNew = (await sql.run(addDelivery, [hook, id, state, null, isoTime(time)])) > 0;
    if (!isNew) state = 'known';
    const params = { id: repository_id, title: textIn(payload?.['name']) };
    return { label: 'tasks.evidence', params, rows: isNew ? rows : [] };
  };
  try {
    return await writeChange(services, actor, plan, async () => state);
  } catch (error) {
    // A refusal is final, so the sender need not try again.
    const isFault = error instanceof ServerFault;
    if (!isFault || (error.code !== 'FORBIDDEN' && error.code !== 'VALIDATION_ERROR')) throw error;
    await services.database.run(addDelivery, [hook, id, 'failed', error.message, isoTime(time)]);
    return 'failed';
  }
}

/** The changes of the tasks that belong to the repository of the webhook. */
async function evidenceRows(
  sql: Sql,
  { hook, repository }: { hook: string; repository: string },
  facts: readonly EvidenceFact[],
): Promise<SyncRow[]> {
  if (facts.length === 0) return [];
  const factsByTask = Map.groupBy(facts, ({ task }) => task);
  const tasks = await sql.all<{ id: string; payload: JsonObject }>(
    `SELECT t.id, t.payload FROM tasks t WHERE t.id = ANY ($1::text[]) AND t.payload ->> 'repository_id' = $2 AND ${visibleCondition('task')}
     ORDER BY t.id`,
    [[...factsByTask.keys()], repository],
  );
  return tasks.flatMap(({ id, payload }): SyncRow[] => {
    const { evidence: stored } = payload;
    const list = Array.isArray(stored) ? (stored as readonly Json[]) : [];
    const evidence = mergeEvidence(list, hook, factsByTask.get(id) ?? []);
    if (!evidence) return [];
    const before = stored === undefined ? {} : { evidence: stored };
    return [{ action: 'update', type: 'task', id, before, after: { evidence } }];
  });
}
