import { maxRows } from '#shared/contract/server/sync.ts';
import type { Erasure, RecordState } from '#shared/contract/server/sync.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { ErasedPlace } from '../people/erase.ts';
import type { Services } from '../model/services.ts';
import type { Remote } from './remote.ts';
import { joinedState } from './state.ts';

export interface Round {
  services: Services;
  remote: Remote;
  onProgress: OnProgress;
  signal: AbortSignal;
  /** Receives each person erased here because the server erased them. */
  onErased?: (erasure: Erasure, places: ErasedPlace[]) => void;
}

export async function fetchStates(
  { services, remote, signal }: Round,
  ids: readonly string[],
): Promise<Map<string, RecordState>> {
  const { share } = joinedState(services.read);
  const states = new Map<string, RecordState>();
  const uniqueIds = [...new Set(ids)];
  for (let start = 0; start < uniqueIds.length; start += maxRows) {
    const { records } = await remote.sync.records(
      { share, ids: uniqueIds.slice(start, start + maxRows) },
      { signal },
    );
    for (const record of records) states.set(record.id, record);
  }
  return states;
}
