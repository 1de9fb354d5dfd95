import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { notice, report } from '../../../ui/notices.tsx';
import { letGo, pickOnly, useGrid } from '../grid/state.ts';
import type { Rows } from './useRows.ts';

/** As many as can be asked for at once. */
const most = 1000;

/** Picks every record of the list, or lets all go when every one is picked already. */
export async function pickAll(query: ListQuery, rows: Rows): Promise<void> {
  const { picked } = useGrid.getState();
  if (rows.matched !== null && picked.size >= Math.min(rows.matched, most)) {
    letGo();
    return;
  }
  try {
    const page = await api.entities.list({ ...query, offset: 0, limit: most });
    pickOnly(page.rows);
    if (page.matched > most)
      notice({ id: 'pick-all', title: say('grid:pickedFirst', { count: most }), stays: 4000 });
  } catch (error) {
    report(error);
  }
}
