import { act, screen, within } from '@testing-library/react';
import { onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { draw } from './draw.tsx';
import { freshGrid } from './grid.ts';
import { layOut } from './layout.ts';

/** A list of teams with these columns, as in a window that has just opened. */
export function freshList(columns: readonly string[]): void {
  freshGrid();
  layOut();
  useSeat.setState({ items: { 'columns:team': { columns: ['name', ...columns] } } });
}

/** Creates teams of these names in one change. */
export async function makeTeams(names: readonly string[], data: JsonObject = {}): Promise<void> {
  await api.entities.applyChanges({
    changes: names.map((name) => ({ kind: 'create', type: 'team', data: { name, ...data } })),
  });
}

/** Draws a list, waits for the row named `shown`, and focuses the grid. */
export async function drawList(shown: string, view = listOf('team')) {
  navigate(view);
  onTestFinished(watchChanges(queryClient));
  const drawn = draw(<ListView />);
  const grid = await screen.findByRole('grid');
  await within(grid).findByText(shown);
  act(() => grid.focus());
  return { grid, ...drawn };
}
