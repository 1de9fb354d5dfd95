import { api } from '#renderer/api/client.ts';
import RecordPanel from '#renderer/features/records/panel/RecordPanel.tsx';
import { useListView } from '#renderer/stores/address.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';

/** The panel as the address says, without the grid beside it. */
export function OpenPanel() {
  const view = useListView();
  return view?.panel ? <RecordPanel type={view.type} panel={view.panel} /> : null;
}

export async function make(type: EntityType, data: JsonObject) {
  return (await api.entities.create({ type, data })).record;
}
