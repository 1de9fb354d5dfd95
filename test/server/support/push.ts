import { randomUUID } from 'node:crypto';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Answer, Api, ErrorBody } from './api.ts';

export interface PushAnswer {
  accepted: string[];
  partial: string[];
  refused: { op_id: string; code: string; record: { type: string; id: string } | null }[];
  seq: number;
}

/** An operation as a workspace sends it. */
export function operation(
  rows: readonly SyncRow[],
  facts: Partial<Omit<PushedOperation, 'rows'>> = {},
): PushedOperation {
  return {
    op_id: randomUUID(),
    schema: operationSchema,
    replica: 'replica-1',
    hlc: '0123456789ab-0000-replica-1',
    created_at: new Date().toISOString(),
    label: 'team.update',
    params: {},
    undoes: null,
    redoes: null,
    recovers: null,
    author: null,
    seen: null,
    part: null,
    ...facts,
    rows: [...rows] as PushedOperation['rows'],
  };
}

export const create = (type: SyncRow['type'], id: string, after: JsonObject): SyncRow => ({
  action: 'create',
  type,
  id,
  before: null,
  after,
});
export const update = (
  type: SyncRow['type'],
  id: string,
  before: JsonObject,
  after: JsonObject,
): SyncRow => ({ action: 'update', type, id, before, after });
export const remove = (type: SyncRow['type'], id: string, before: JsonObject): SyncRow => ({
  action: 'delete',
  type,
  id,
  before,
  after: null,
});

/** A shared sandbox that makes a team bigger. The server adds who shared it. */
export const sharedSandbox = (university_id: string | null): JsonObject => ({
  name: 'What if',
  university_id,
  description: '',
  shared_at: '2026-01-01T00:00:00.000Z',
  changes: [
    {
      type: 'team',
      id: 'team_own',
      title: 'Own',
      action: 'update',
      before: { size: 5 },
      after: { size: 9 },
    },
  ],
});

interface Hello {
  generation: string;
  head: { seq: number; hash: string };
}

export async function hello(api: Api): Promise<Hello> {
  return (await api.get<Hello>(`sync/hello?schema=${operationSchema}`)).body;
}

/** Pushes operations to the history that the server has. */
export async function push(
  api: Api,
  operations: readonly PushedOperation[],
): Promise<Answer<PushAnswer & ErrorBody>> {
  const { generation } = await hello(api);
  return api.post<PushAnswer & ErrorBody>('sync/push', { generation, clock_offset: 0, operations });
}
