import { createHmac, randomUUID } from 'node:crypto';
import type { HookKind } from '#shared/contract/server/hooks.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { standardSignature } from '#server/hooks/verify.ts';
import type { Answer } from '../support/api.ts';
import { create, operation, push } from '../support/push.ts';
import type { TestServer } from '../support/server.ts';
import { own, populate } from '../support/people.ts';

export const hookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A repository with two tasks, a task of another repository, one of none, and a repair. */
export async function populateTasks(server: TestServer) {
  const people = await populate(server);
  const { body } = await push(people.admin, [
    operation([
      create('repository', 'repo_fsw', { name: 'fsw', university_id: own, branch: 'main' }),
      create('repository', 'repo_other', { name: 'other', university_id: own }),
      create('repair', 'repair_1', { name: 'Second author', university_id: own }),
      create('task', 'task_a1', { name: 'Read', repair_id: 'repair_1', repository_id: 'repo_fsw' }),
      create('task', 'task_a2', { name: 'Write', repair_id: 'repair_1', repository_id: 'repo_fsw' }),
      create('task', 'task_other', { name: 'Elsewhere', repository_id: 'repo_other' }),
      create('task', 'task_none', { name: 'Nowhere' }),
    ]),
  ]);
  if (body.refused.length > 0) throw new Error(JSON.stringify(body.refused));
  return people;
}

/** Adds a webhook of the repository to the database. */
export async function addHook(
  { database }: Pick<TestServer, 'database'>,
  kind: HookKind,
  { secrets = [hookSecret], repository = 'repo_fsw' }: { secrets?: string[]; repository?: string } = {},
): Promise<string> {
  const id = `hook_${randomUUID()}`;
  await database.run(
    `INSERT INTO hooks (id, kind, direction, repository_id, secrets, created_at) VALUES ($1, $2, 'in', $3, $4, now())`,
    [id, kind, repository, secrets],
  );
  return id;
}

export interface Sent {
  event?: string;
  body: JsonObject | string;
  delivery?: string;
  secret?: string;
  /** Milliseconds since 1970. */
  time?: number;
  headers?: Record<string, string>;
}

const hex = (secret: string, body: string): string => createHmac('sha256', secret).update(body).digest('hex');

/** The headers with which the sender of each kind signs a body. */
export function signedHeaders(
  kind: HookKind,
  {
    event = '',
    body,
    delivery = randomUUID(),
    secret = hookSecret,
    time = Date.now(),
  }: Sent & { body: string },
): Record<string, string> {
  switch (kind) {
    case 'github':
      return {
        'x-github-event': event,
        'x-github-delivery': delivery,
        'x-hub-signature-256': `sha256=${hex(secret, body)}`,
      };
    case 'gitea':
      return {
        'x-gitea-event': event,
        'x-github-event': 'something else',
        'x-gitea-delivery': delivery,
        'x-gitea-signature': hex(secret, body),
      };
    case 'gitlab':
      return { 'x-gitlab-event': event, 'idempotency-key': delivery, 'x-gitlab-token': secret };
    case 'standard': {
      const seconds = String(Math.floor(time / 1000));
      return {
        'webhook-id': delivery,
        'webhook-timestamp': seconds,
        'webhook-signature': standardSignature(secret, { id: delivery, time: seconds, body }),
      };
    }
  }
}

/** Sends a delivery as its sender would. */
export function deliver(
  { api }: Pick<TestServer, 'api'>,
  hook: string,
  kind: HookKind,
  sent: Sent,
): Promise<Answer<{ state?: string; error?: { code: string } }>> {
  const body = typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body);
  const headers = { ...signedHeaders(kind, { ...sent, body }), ...sent.headers };
  return api.call('POST', `/api/hooks/${hook}`, { body, headers });
}

/** The record of a task, from the database. */
export async function readTask({ database }: Pick<TestServer, 'database'>, id: string): Promise<JsonObject> {
  const row = await database.get<{ payload: JsonObject }>('SELECT payload FROM tasks WHERE id = $1', [id]);
  if (!row) throw new Error(`no task ${id}`);
  return row.payload;
}

export const pullRequest = (facts: JsonObject = {}): JsonObject => ({
  action: 'closed',
  number: 7,
  pull_request: {
    html_url: 'https://git.example/sat/fsw/pull/7',
    state: 'closed',
    merged: true,
    merged_at: '2026-03-02T10:00:00Z',
    title: 'Estimator',
    body: 'Adds it.\r\n\r\nFrames-Task: task_a1\r\n',
    head: { ref: 'estimator', sha: 'abc' },
    base: { ref: 'main' },
    ...facts,
  },
  repository: { full_name: 'sat/fsw', clone_url: 'https://git.example/sat/fsw.git' },
});
