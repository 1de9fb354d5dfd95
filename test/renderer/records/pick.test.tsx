import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import RecordPanel from '#renderer/features/records/panel/RecordPanel.tsx';
import { navigate, useListView } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

async function make(type: EntityType, data: JsonObject) {
  return (await api.entities.create({ type, data })).record;
}

/** Draws the teams with the cursor on `column` of the only row. */
async function onCell(column: string) {
  await serveCore();
  const university = await make('university', { name: 'Summit State' });
  const project = await make('project', { name: 'JPL lander' });
  await make('project', { name: 'Osprey' });
  const team = await make('team', { name: 'Thermal', lifecycle: 'incoming', size: 4 });
  useSeat.setState({ items: { 'columns:team': { shown: [column] } } });
  navigate(listOf('team'));
  onTestFinished(watchChanges(queryClient));
  const { hands } = draw(<ListView />);
  await screen.findByText('Thermal');
  act(() => screen.getByRole('grid').focus());
  await hands.keyboard('{ArrowRight}');
  const stored = async () => (await api.entities.get({ type: 'team', id: team.id })).payload[column];
  return { hands, stored, project, university };
}

/** The panel as the address says, without the grid beside it. */
function OpenPanel() {
  const view = useListView();
  return view?.panel ? <RecordPanel type={view.type} panel={view.panel} /> : null;
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
  useSeat.setState({ items: {} });
});

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

describe('a list in the form of a new record', () => {
  async function open(type: EntityType) {
    navigate({ ...listOf(type), panel: { kind: 'new' } });
    const { hands } = draw(<OpenPanel />);
    await screen.findByRole('button', { name: /^Create/ });
    return hands;
  }

  it('names the university of a chosen record, and fills in the kind of a link from its ends', async () => {
    await serveCore();
    const university = await make('university', { name: 'Summit State' });
    await make('team', { name: 'Thermal', university_id: university.id });
    await make('faculty', { name: 'Ada', university_id: university.id });
    const hands = await open('interface');
    const from = screen.getByRole<HTMLInputElement>('textbox', { name: 'From' });
    await hands.type(from, 'therm{Enter}');
    await waitFor(() => expect(from.value).toBe('Thermal · Summit State'));
    await hands.type(screen.getByRole('textbox', { name: 'To' }), 'ada{Enter}');
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Kind' }).value).toBe('team – faculty'),
    );
  });
});
