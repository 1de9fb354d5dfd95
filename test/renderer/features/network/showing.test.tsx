import { act, renderHook, waitFor } from '@testing-library/react';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { api } from '#renderer/api/client.ts';
import { useNetworkData } from '#renderer/features/network/data.ts';
import type { Model } from '#renderer/features/network/model/model.ts';
import { createNetworkStore, NetworkProvider, select } from '#renderer/features/network/state.ts';
import { useSelectionInRoute } from '#renderer/features/network/useNetworkScene.ts';
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

describe('the network while another part is loading', () => {
  it('shows the part before, in its own colours', async () => {
    const { ids, result, ask } = await shown(networkOf());
    ask({ ...networkAround(ids.from), colour: 'discipline', layout: 'university' });
    const { model, shown: drawn } = result.current;
    expect(model?.nodes.size).toBe(3);
    expect(drawn).toMatchObject({ focus: '', colour: 'stage', layout: 'university' });
    await waitFor(() => expect(result.current.model?.nodes.size).toBe(2));
    expect(result.current.shown).toMatchObject({ focus: ids.from, colour: 'discipline' });
    expect(result.current.model?.nodes.has(ids.alone)).toBe(false);
  });

  it('is empty when the record in the centre is deleted, until it is restored', async () => {
    const { ids, result, ask } = await shown(networkOf());
    ask(networkAround(ids.from));
    await waitFor(() => expect(result.current.model?.nodes.size).toBe(2));
    await api.entities.remove({ type: 'team', id: ids.from });
    result.current.retry();
    await waitFor(() => expect(result.current.notFound).toBe(true));
    expect(result.current.model?.nodes.size).toBe(0);
    await api.history.undo({});
    result.current.retry();
    await waitFor(() => expect(result.current.model?.nodes.size).toBe(2));
    expect(result.current.notFound).toBe(false);
  });
});

describe('the selection', () => {
  const model = (...ids: string[]): Model => modelOf(ids.map((id) => node(id)));
  const open = (id: string): NetworkView => networkOf({ panel: { kind: 'record', id, tab: 'details' } });

  function showing(first: NetworkView, nodes: Model) {
    const store = createNetworkStore();
    const { rerender } = renderHook(({ view, now }) => useSelectionInRoute(view, now, null, () => {}), {
      initialProps: { view: first, now: nodes },
      wrapper: ({ children }) => <NetworkProvider value={store}>{children}</NetworkProvider>,
    });
    return {
      store,
      ask: (view: NetworkView, now: Model) => rerender({ view, now }),
      selected: () => [...store.getState().selected],
    };
  }

  it('is what the route has open, as soon as the model has it', () => {
    const { ask, selected } = showing(open('b'), model('a'));
    expect(selected()).toEqual([]);
    ask(open('b'), model('a', 'b'));
    expect(selected()).toEqual(['b']);
    ask(open('a'), model('a', 'b'));
    expect(selected()).toEqual(['a']);
  });

  it('stays several when something changes, although one record is open', () => {
    const { store, ask, selected } = showing(open('x'), model('x', 'a', 'b'));
    act(() => select(store, ['a', 'b']));
    ask(open('x'), model('x', 'a', 'b', 'new'));
    expect(selected()).toEqual(['a', 'b']);
    ask(networkOf(), model('x', 'a', 'b', 'new'));
    ask(open('x'), model('x', 'a', 'b', 'new'));
    expect(selected()).toEqual(['x']);
  });
});
