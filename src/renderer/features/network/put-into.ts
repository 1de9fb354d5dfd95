import type { QueryClient } from '@tanstack/react-query';
import type { Network } from '#shared/contract/network.ts';
import { keys } from '../../stores/queries.ts';

interface Placed {
  id: string;
  x: number;
  y: number;
}

/** The same part of the network with nodes at other places. */
function withPlaces(network: Network, places: readonly Placed[]): Network {
  const { nodes } = network;
  const found = new Map(places.map((place) => [place.id, place]));
  const column = (axis: 'x' | 'y') =>
    nodes.id.map((id, at) => found.get(id)?.[axis] ?? nodes[axis][at] ?? null);
  return { ...network, nodes: { ...nodes, x: column('x'), y: column('y') } };
}

/**
 * Puts positions that were kept into what was read of the network: ten thousand nodes need not be read again because one was dragged.
 * What is being read, or has to be, is read anew.
 */
export function putInto(client: QueryClient, places: readonly Placed[]): void {
  for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: keys.networks })) {
    if (state.isInvalidated || state.fetchStatus !== 'idle') void client.invalidateQueries({ queryKey });
    else client.setQueryData<Network>(queryKey, (network) => network && withPlaces(network, places));
  }
}
