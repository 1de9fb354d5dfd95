import { QueryObserver } from '@tanstack/react-query';
import { waitFor } from '@testing-library/react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { savePositions } from '#renderer/features/network/saved-positions.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryKeys, queryClient } from '#renderer/stores/queries.ts';
import type { Network } from '#shared/contract/network.ts';
import { serveCore } from '../../support/core.ts';

const asked = { types: ['team' as const] };
const key = queryKeys.network('graph', asked);

/** A network of two teams that is shown, and what of all is read from now on. */
async function shown() {
  await serveCore();
  const ids: string[] = [];
  for (const name of ['Avionics', 'Thermal'])
    ids.push((await api.entities.create({ type: 'team', data: { name } })).record.id);
  const observe = (queryKey: readonly unknown[], queryFn: () => Promise<unknown>): void => {
    onTestFinished(new QueryObserver(queryClient, { queryKey, queryFn }).subscribe(() => {}));
  };
  observe(key, () => api.network.graph(asked));
  observe(queryKeys.counts, () => api.entities.counts({}));
  observe(queryKeys.undo, () => api.history.nextSteps({}));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  onTestFinished(watchChanges(queryClient));
  const fetched: string[] = [];
  onTestFinished(
    queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'fetch')
        fetched.push(String((event.query.queryKey as readonly unknown[])[0]));
    }),
  );
  const placeOf = (id: string) => {
    const { nodes } = queryClient.getQueryData<Network>(key) ?? { nodes: { id: [], x: [], y: [] } };
    const at = (nodes.id as string[]).indexOf(id);
    return [nodes.x[at], nodes.y[at]];
  };
  return { ids, fetched, placeOf };
}

describe('a node that was dragged', () => {
  it('is updated without reading the network again', async () => {
    const { ids, fetched, placeOf } = await shown();
    const [first = '', second = ''] = ids;
    expect(await savePositions(new Map([[first, { x: 10.001, y: -4 }]]))).toBe(true);
    expect(placeOf(first)).toEqual([10, -4]);
    expect(placeOf(second)).toEqual([null, null]);
    await waitFor(() => expect(fetched).toContain('history'));
    expect(fetched).not.toContain('network');
    expect(fetched).not.toContain('counts');
  });
});
