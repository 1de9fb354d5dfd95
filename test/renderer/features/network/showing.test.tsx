import { renderHook, waitFor } from '@testing-library/react';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { api } from '#renderer/api/client.ts';
import { useNetworkData } from '#renderer/features/network/data.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { networkAround, networkOf } from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { serveCore } from '../../support/core.ts';

const within = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
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
