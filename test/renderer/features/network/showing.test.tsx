import { act, renderHook, waitFor } from '@testing-library/react';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { api } from '#renderer/api/client.ts';
import { useNetworkData } from '#renderer/features/network/data.ts';
import { lookOf } from '#renderer/features/network/look/useLook.ts';
import type { Model } from '#renderer/features/network/model/model.ts';
import { createNetworkStore, NetworkProvider, select } from '#renderer/features/network/state.ts';
import { useShowing } from '#renderer/features/network/useShowing.ts';
import { queries } from '#renderer/stores/queries.ts';
import { networkAround, networkOf } from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { serveCore } from '../../support/core.ts';
import { modelOf, node } from './support.ts';

const within = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>{children}</QueryClientProvider>
);

async function shown(first: NetworkView) {
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
  return { ids: { from, to, alone }, result, ask: (view: NetworkView) => rerender({ view }) };
}

describe('what is drawn while another part of the network is on its way', () => {
  it('is the part before, as what it is', async () => {
    const { ids, result, ask } = await shown(networkOf());
    ask({ ...networkAround(ids.from), colour: 'discipline', layout: 'university' });
    const { model, pictured } = result.current;
    expect(model?.nodes.size).toBe(3);
    expect(pictured).toMatchObject({ focus: '', colour: 'stage', layout: 'university' });
    await waitFor(() => expect(result.current.model?.nodes.size).toBe(2));
    expect(result.current.pictured).toMatchObject({ focus: ids.from, colour: 'discipline' });
    expect(result.current.model?.nodes.has(ids.alone)).toBe(false);
  });

  it('is nothing when the record in the middle is not there any more, until it comes back', async () => {
    const { ids, result, ask } = await shown(networkOf());
    ask(networkAround(ids.from));
    await waitFor(() => expect(result.current.model?.nodes.size).toBe(2));
    await api.entities.remove({ type: 'team', id: ids.from });
    result.current.retry();
    await waitFor(() => expect(result.current.gone).toBe(true));
    expect(result.current.model?.nodes.size).toBe(0);
    await api.history.undo({});
    result.current.retry();
    await waitFor(() => expect(result.current.model?.nodes.size).toBe(2));
    expect(result.current.gone).toBe(false);
  });
});

describe('what is selected', () => {
  const model = (...ids: string[]): Model => modelOf(ids.map((id) => node(id)));
  const open = (id: string): NetworkView => networkOf({ panel: { kind: 'record', id, tab: 'details' } });

  function showing(first: NetworkView, nodes: Model) {
    const store = createNetworkStore();
    const look = lookOf(nodes, { colour: 'stage', size: '' }, () => '#123456');
    const { rerender } = renderHook(
      ({ view, now }) => useShowing({ view, pictured: view, model: now, look, desk: null }),
      {
        initialProps: { view: first, now: nodes },
        wrapper: ({ children }) => <NetworkProvider value={store}>{children}</NetworkProvider>,
      },
    );
    return {
      store,
      ask: (view: NetworkView, now: Model) => rerender({ view, now }),
      selected: () => [...store.getState().selected],
    };
  }

  it('is what the address has open, as soon as it is there', () => {
    const { ask, selected } = showing(open('b'), model('a'));
    expect(selected()).toEqual([]);
    ask(open('b'), model('a', 'b'));
    expect(selected()).toEqual(['b']);
    ask(open('a'), model('a', 'b'));
    expect(selected()).toEqual(['a']);
  });

  it('stays several when something changes, although one record is open beside', () => {
    const { store, ask, selected } = showing(open('x'), model('x', 'a', 'b'));
    act(() => select(store, ['a', 'b']));
    ask(open('x'), model('x', 'a', 'b', 'new'));
    expect(selected()).toEqual(['a', 'b']);
    ask(networkOf(), model('x', 'a', 'b', 'new'));
    ask(open('x'), model('x', 'a', 'b', 'new'));
    expect(selected()).toEqual(['x']);
  });
});
