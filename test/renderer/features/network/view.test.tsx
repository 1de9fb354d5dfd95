import { QueryClientProvider, QueryObserver } from '@tanstack/react-query';
import { renderHook, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useNetworkData } from '#renderer/features/network/data.ts';
import NetworkView from '#renderer/features/network/NetworkView.tsx';
import { savePositions } from '#renderer/features/network/saved-positions.ts';
import { draggingActions } from '#renderer/features/network/useNetworkScene.ts';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { networkOfList } from '#renderer/stores/network.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { queryClient, queryKeys } from '#renderer/stores/queries.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { networkAround, networkOf } from '#shared/address/network.ts';
import type { NetworkView as View } from '#shared/address/network.ts';
import type { Network } from '#shared/contract/network.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';

beforeEach(() => {
  clearNotices();
  useSeat.setState({ items: {} });
});

async function team(name: string) {
  return (await api.entities.create({ type: 'team', data: { name, lifecycle: 'incoming' } })).record;
}

describe('the network without a drawing context', () => {
  it('tells a viewer why no link can be drawn', async () => {
    await serveCore();
    await team('Thermal');
    const vic = await api.workspace.createProfile({ name: 'Vic', role: 'viewer', university_id: null });
    await actAs(vic.id);
    navigate(networkOf());
    draw(<NetworkView />);
    const button = await screen.findByRole('button', { name: 'Draw link' });
    await waitFor(() => expect(button.title).toBe('Viewers cannot change records.'));
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });

  it('opens the lists with its filters', async () => {
    await serveCore();
    await team('Thermal');
    const filter = { field: 'lifecycle', op: 'is' as const, value: 'incoming' };
    navigate(networkOf({ filters: [{ type: 'team', filter }] }));
    const { hands } = draw(<NetworkView />);
    await hands.click(await screen.findByRole('button', { name: 'More' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Show as list' }));
    expect(currentAddress().view).toEqual({ ...listOf('team'), filters: [filter] });
    expect(networkOfList({ ...listOf('team'), filters: [filter], search: 'therm' }).filters).toEqual([
      { type: 'team', filter },
      { type: 'team', filter: { field: 'name', op: 'contains', value: 'therm' } },
    ]);
    expect(networkOfList(listOf('interface'))).toEqual(networkOf());
  });
});

const within = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
);

async function shown(first: View) {
  await serveCore();
  const names = ['Avionics', 'Thermal', 'Power'];
  const ids: string[] = [];
  for (const name of names) ids.push((await api.entities.create({ type: 'team', data: { name } })).record.id);
  const [from = '', to = '', alone = ''] = ids;
  await api.entities.create({ type: 'interface', data: { from, to } });
  const { result, rerender } = renderHook(({ view }) => useNetworkData(view), {
    initialProps: { view: first },
    wrapper: within,
  });
  await waitFor(() => expect(result.current.model?.nodes.size).toBe(3));
  return { ids: { from, to, alone }, result, ask: (view: View) => rerender({ view }) };
}

describe('the network while another part is loading', () => {
  it('shows the previous part with its own colours', async () => {
    const { ids, result, ask } = await shown(networkOf());
    ask({ ...networkAround(ids.from), colour: 'discipline', layout: 'university' });
    const { model, shownView: drawn } = result.current;
    expect(model?.nodes.size).toBe(3);
    expect(drawn).toMatchObject({ focus: '', colour: 'stage', layout: 'university' });
    await waitFor(() => expect(result.current.model?.nodes.size).toBe(2));
    expect(result.current.shownView).toMatchObject({ focus: ids.from, colour: 'discipline' });
    expect(result.current.model?.nodes.has(ids.alone)).toBe(false);
  });
});

const why = 'A viewer reads everything and changes nothing.';
const points = new Map([['t1', { x: 10, y: -4 }]]);

async function dragging(whyNot: string | null) {
  await serveCore();
  await api.entities.create({ type: 'team', id: 't1', data: { name: 'Thermal' } });
  const layout = { drag: vi.fn(), drop: vi.fn(), cancelDrag: vi.fn() };
  return { layout, actions: draggingActions(layout, () => whyNot) };
}

describe('dragging nodes', () => {
  it('is refused with the reason, once, and moves nothing', async () => {
    const { layout, actions } = await dragging(why);
    const before = (await api.history.list({ limit: 1 })).total;
    actions.drag(points);
    actions.drag(points);
    actions.drop(points);
    actions.drag(points);
    actions.cancelDrag(points);
    for (const call of Object.values(layout)) expect(call).not.toHaveBeenCalled();
    expect(useNotices.getState().list.map(({ more }) => more)).toContain(why);
    expect((await api.history.list({ limit: 1 })).total).toBe(before);
  });

  it('saves the positions of dropped nodes', async () => {
    const { layout, actions } = await dragging(null);
    actions.drag(points);
    actions.drop(points);
    expect(layout.drop).toHaveBeenCalledWith(points);
    await vi.waitFor(async () => {
      const { nodes } = await api.network.graph({ types: ['team'] });
      expect([nodes.x[0], nodes.y[0]]).toEqual([10, -4]);
    });
  });
});

const asked = { types: ['team' as const] };
const key = queryKeys.network('graph', asked);

/** A network of two teams that is shown, and what of all is read from now on. */
async function watched() {
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
    const { ids, fetched, placeOf } = await watched();
    const [first = '', second = ''] = ids;
    expect(await savePositions(new Map([[first, { x: 10.001, y: -4 }]]))).toBe(true);
    expect(placeOf(first)).toEqual([10, -4]);
    expect(placeOf(second)).toEqual([null, null]);
    await waitFor(() => expect(fetched).toContain('history'));
    expect(fetched).not.toContain('network');
    expect(fetched).not.toContain('counts');
  });
});
