import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList } from '../support/list.tsx';
import { make } from './panel-hands.tsx';

/** Draws the teams with the cursor on `column` of the only row. */
async function onCell(column: string) {
  freshList([column]);
  await serveCore();
  const project = await make('project', { name: 'JPL lander' });
  await make('project', { name: 'Osprey' });
  const team = await make('team', { name: 'Thermal', lifecycle: 'incoming', size: 4 });
  const { hands } = await drawList('Thermal');
  await hands.keyboard('{ArrowRight}');
  const stored = async () => (await api.entities.get({ type: 'team', id: team.id })).payload[column];
  return { hands, stored, project };
}

describe('a list in a cell', () => {
  it.each(['out', 'o'])('chooses the first match of %s with Enter', async (typed) => {
    const { hands, stored } = await onCell('lifecycle');
    await hands.keyboard(`${typed}{Enter}`);
    await waitFor(async () => expect(await stored()).toBe('outgoing'));
    expect(gridOf().getState().editing).toBeNull();
  });

  it('keeps an unknown word if no known one matches', async () => {
    const { hands, stored } = await onCell('discipline');
    await hands.keyboard('quantum');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Discipline' }).value).toBe('quantum');
    await hands.keyboard('{Enter}');
    await waitFor(async () => expect(await stored()).toBe('quantum'));
  });

  it.each(['{Enter}', '{Tab}'])('finds a record by all that was typed, with %s', async (key) => {
    const { hands, stored, project } = await onCell('project_id');
    await hands.keyboard(`jpl${key}`);
    await waitFor(async () => expect(await stored()).toBe(project.id));
  });

  it('keeps an unknown name: the cell stays open and reports it', async () => {
    const { hands, stored } = await onCell('project_id');
    await hands.keyboard('nobody{Enter}');
    expect(await screen.findByText(/No record is named/)).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Project' }).value).toBe('nobody');
    await hands.keyboard('{Escape}');
    expect(await stored()).toBeUndefined();
  });
});
