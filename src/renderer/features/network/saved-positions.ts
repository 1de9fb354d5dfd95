import type { Drawing, Network } from '#shared/contract/network.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { changeAndShow } from '../../stores/shown-changes.ts';
import { whileSaving } from '../../stores/saving.ts';
import { queryClient } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { isGroup } from './model/groups.ts';
import type { Points } from './layout/positions.ts';
import type { Point } from './model/model.ts';

const maxPositions = 20_000;
const roundToHundredths = (value: number): number => Math.round(value * 100) / 100;
export const roundPoint = ({ x, y }: Point): Point => ({ x: roundToHundredths(x), y: roundToHundredths(y) });

interface NodePosition extends Point {
  id: string;
}

export function withPositions(network: Network, positions: readonly NodePosition[]): Network {
  const { nodes } = network;
  const positionById = new Map(positions.map((position) => [position.id, position]));
  const column = (axis: 'x' | 'y') =>
    nodes.id.map((id, index) => positionById.get(id)?.[axis] ?? nodes[axis][index] ?? null);
  return { ...network, nodes: { ...nodes, x: column('x'), y: column('y') } };
}

/** Writes positions into cached networks, so that 10,000 nodes are not read again after each drag. */
function updateCachedNetworks(drawing: Drawing, positions: readonly NodePosition[]): void {
  for (const { queryKey, state } of queryClient.getQueryCache().findAll({ queryKey: [drawing] })) {
    if (queryKey[1] === 'groups' || state.isInvalidated || state.fetchStatus !== 'idle')
      void queryClient.invalidateQueries({ queryKey });
    else
      queryClient.setQueryData<Network>(queryKey, (network) => network && withPositions(network, positions));
  }
}

/** Saves positions as one undoable change and shows them at once. If `title` names the node, a notice reports the change. */
export async function savePositions(
  points: Points,
  title?: string,
  drawing: Drawing = 'network',
): Promise<boolean> {
  const recordPoints = [...points].filter(([id]) => !isGroup(id));
  const positions = recordPoints.slice(0, maxPositions).map(([id, point]) => ({ id, ...roundPoint(point) }));
  if (positions.length === 0) return true;
  const showPositions = (): void => updateCachedNetworks(drawing, positions);
  showPositions();
  try {
    const { op_id, changed } = await whileSaving(() =>
      changeAndShow(() => api.network.savePositions({ places: positions, drawing }), showPositions),
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
export async function clearPositions(ids: readonly string[], drawing: Drawing = 'network'): Promise<boolean> {
  try {
    const { op_id, changed } = await whileSaving(() =>
      api.network.deletePositions({ ids: ids.slice(0, maxPositions), drawing }),
    );
    notice({ ...undoAction(op_id), title: say('network:released', { count: changed }) });
    return changed > 0;
  } catch (error) {
    reportError(error);
    return false;
  }
}
