import { api } from '../../../api/client.ts';
import type { Landing } from './state.ts';

/** Id of the newest entry of the history; 0 when there is none. */
export async function newestEntry(): Promise<number> {
  return (await api.history.list({ limit: 1 })).rows[0]?.id ?? 0;
}

/** Whether an import of a file of that name is among the entries after `since`. */
export async function landingOf(source: string, since: number): Promise<Landing> {
  const { rows } = await api.history.list({ limit: 100 });
  const found = rows.find(
    ({ id, label, params }) =>
      id > since && ['import', 'sheet.import'].includes(label) && params.source === source,
  );
  return found ? { state: 'landed', op_id: found.op_id } : { state: 'not' };
}
