import { onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import RecordPanel from '#renderer/features/records/panel/RecordPanel.tsx';
import { navigate, useListView } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { listWithRecord } from '#shared/address/view.ts';
import type { PanelTab } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

/** The panel as the address says, without the grid beside it. */
export function OpenPanel() {
  const view = useListView();
  return view?.panel ? <RecordPanel type={view.type} panel={view.panel} /> : null;
}

export async function make(type: EntityType, data: JsonObject) {
  return (await api.entities.create({ type, data })).record;
}

/** Draws the panel of a new team, and reads what is stored of it. */
export async function openTeam(data: JsonObject, tab: PanelTab = 'details') {
  const { workspace } = await serveCore();
  onTestFinished(watchChanges(queryClient));
  const { id } = await make('team', { name: 'Thermal', ...data });
  navigate(listWithRecord('team', id, tab));
  const { hands } = draw(<OpenPanel />);
  const stored = async () => (await api.entities.get({ type: 'team', id })).payload;
  return { workspace, id, hands, stored };
}
