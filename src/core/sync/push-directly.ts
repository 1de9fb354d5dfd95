import type { PushedOperation, RefusedOperation } from '#shared/contract/server/sync.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { isoTime } from '../kernel/system.ts';
import { splitRows } from './outgoing.ts';
import { joinedState } from './state.ts';
import type { Round } from './round-context.ts';

/** Makes a change on the server alone, completely or not at all. Returns the reason of a refusal, or null. */
export async function pushDirectly(
  { services: { read, source }, remote, signal }: Round,
  { label, rows }: { label: string; rows: readonly SyncRow[] },
): Promise<RefusedOperation | null> {
  const { generation } = joinedState(read);
  const operationFields: Omit<PushedOperation, 'rows' | 'part'> = {
    op_id: source.ids.uuid(),
    schema: operationSchema,
    replica: source.replica,
    hlc: '',
    created_at: isoTime(source.clock.now()),
    label,
    params: { count: rows.length },
    undoes: null,
    redoes: null,
    recovers: null,
    author: null,
    seen: null,
  };
  for (const { size: _, ...part } of splitRows(rows)) {
    const operations = [{ ...operationFields, ...part }];
    const { refused } = await remote.sync.push({ generation, clock_offset: 0, operations }, { signal });
    if (refused[0]) return refused[0];
  }
  return null;
}
