import type { Network } from '#shared/contract/network.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { showingItself } from '../../stores/own-changes.ts';
import { keys, queries } from '../../stores/queries.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoable } from '../../stores/undo.ts';
import { notice, report } from '../../ui/notices.tsx';
import type { NetNode, Point } from '../network/model/model.ts';
import { withPlaces } from '../network/positions.ts';

const drawing = 'molecule';
const read = keys.molecule({}).slice(0, 1);

export const rounded = ({ x, y }: Point): Point => ({
  x: Math.round(x * 100) / 100,
  y: Math.round(y * 100) / 100,
});

/** Saves a node's position as one undoable change, shown at once. */
export async function savePosition({ id, title }: NetNode, at: Point): Promise<void> {
  const places = [{ id, ...at }];
  const show = (): void =>
    void queries.setQueriesData<Network>({ queryKey: read }, (data) => data && withPlaces(data, places));
  show();
  try {
    const save = (): ReturnType<typeof api.network.arrange> => api.network.arrange({ places, drawing });
    const { op_id } = await whileSaving(() => showingItself(save, show));
    notice({ ...undoable(op_id), title: say('network:saved', { count: 1, title }) });
  } catch (error) {
    report(error);
    void queries.invalidateQueries({ queryKey: read });
  }
}

/** Removes saved positions, which restores the default ones. */
export async function resetPositions(ids: readonly string[]): Promise<void> {
  try {
    const { op_id, changed } = await whileSaving(() => api.network.release({ ids: [...ids], drawing }));
    notice({ ...undoable(op_id), title: say('network:released', { count: changed }) });
  } catch (error) {
    report(error);
  }
}
