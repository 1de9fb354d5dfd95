import type { Drawing, Network } from '#shared/contract/network.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { showingItself } from '../../stores/own-changes.ts';
import { whileSaving } from '../../stores/saving.ts';
import { queryClient } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { isGroup } from './model/groups.ts';
import type { Points } from './layout/positions.ts';
import type { Point } from './model/model.ts';

const most = 20_000;
const hundredths = (value: number): number => Math.round(value * 100) / 100;
export const roundPoint = ({ x, y }: Point): Point => ({ x: hundredths(x), y: hundredths(y) });

interface Place extends Point {
  id: string;
}

export function withPlaces(network: Network, places: readonly Place[]): Network {
  const { nodes } = network;
  const found = new Map(places.map((place) => [place.id, place]));
  const column = (axis: 'x' | 'y') =>
    nodes.id.map((id, at) => found.get(id)?.[axis] ?? nodes[axis][at] ?? null);
  return { ...network, nodes: { ...nodes, x: column('x'), y: column('y') } };
}

/** Writes positions into cached networks: 10,000 nodes need not be read again after one drag. */
function updateQueries(drawing: Drawing, places: readonly Place[]): void {
  for (const { queryKey, state } of queryClient.getQueryCache().findAll({ queryKey: [drawing] })) {
    if (queryKey[1] === 'groups' || state.isInvalidated || state.fetchStatus !== 'idle')
      void queryClient.invalidateQueries({ queryKey });
    else queryClient.setQueryData<Network>(queryKey, (network) => network && withPlaces(network, places));
  }
}

/** Saves positions as one undoable change, shown at once. `title` names the node in a notice; without it there is none. */
export async function savePositions(
  points: Points,
  title?: string,
  drawing: Drawing = 'network',
): Promise<boolean> {
  const records = [...points].filter(([id]) => !isGroup(id));
  const places = records.slice(0, most).map(([id, point]) => ({ id, ...roundPoint(point) }));
  if (places.length === 0) return true;
  const show = (): void => updateQueries(drawing, places);
  show();
  try {
    const { op_id, changed } = await whileSaving(() =>
      showingItself(() => api.network.arrange({ places, drawing }), show),
    );
    if (title !== undefined)
      notice({ ...undoAction(op_id), title: say('network:saved', { count: changed, title }) });
    return true;
  } catch (error) {
    reportError(error);
    void queryClient.invalidateQueries({ queryKey: [drawing] });
    return false;
  }
}

/** Removes saved positions. Returns whether anything changed. */
export async function forgetPositions(
  ids: readonly string[],
  drawing: Drawing = 'network',
): Promise<boolean> {
  try {
    const { op_id, changed } = await whileSaving(() =>
      api.network.release({ ids: ids.slice(0, most), drawing }),
    );
    notice({ ...undoAction(op_id), title: say('network:released', { count: changed }) });
    return changed > 0;
  } catch (error) {
    reportError(error);
    return false;
  }
}
