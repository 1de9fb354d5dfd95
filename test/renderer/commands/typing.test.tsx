import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useFrameCommands } from '#renderer/app/useFrameCommands.ts';
import { CommandHost } from '#renderer/commands/CommandHost.tsx';
import ListView from '#renderer/features/records/ListView.tsx';
import { navigate, showPanel } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listWithRecord } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

function Part() {
  useFrameCommands();
  return (
    <>
      <CommandHost />
      <ListView />
    </>
  );
}

async function open() {
  await serveCore();
  const { id } = (await api.entities.create({ type: 'team', data: { name: 'Thermal', size: 9 } })).record;
  navigate(listWithRecord('team', id));
  onTestFinished(watchChanges(queryClient));
  const { hands } = draw(<Part />);
  const field = async (name: string) => await screen.findByRole<HTMLInputElement>('textbox', { name });
  const size = await field('Size');
  const stored = async () => (await api.entities.get({ type: 'team', id })).payload;
  return { hands, size, name: await field('Name'), stored };
}

const undo = '{Control>}z{/Control}';
const redo = '{Control>}{Shift>}z{/Shift}{/Control}';

beforeEach(() => {
  layOut();
  useSeat.setState({ items: {} });
});

describe('undo in text fields', () => {
  it('undoes and redoes typing word by word', async () => {
    const { hands, name, stored } = await open();
    await hands.type(name, ' control unit');
    await hands.keyboard(undo);
    expect(name.value).toBe('Thermal control ');
    await hands.keyboard(undo);
    await hands.keyboard(undo);
    expect(name.value).toBe('Thermal');
    await hands.keyboard(`${redo}${redo}{Control>}y{/Control}`);
    expect(name.value).toBe('Thermal control unit');
    // Once too often: the field keeps the key, no record is touched.
    await hands.keyboard(undo.repeat(6));
    expect(name.value).toBe('Thermal');
    expect(await stored()).toEqual(expect.objectContaining({ name: 'Thermal', size: 9 }));
  });

  it('in an untouched field it undoes the last change, not typing in another field', async () => {
    const { hands, size, stored } = await open();
    await hands.clear(size);
    await hands.type(size, '12');
    await hands.tab();
    await waitFor(async () => expect((await stored()).size).toBe(12));
    const next = document.activeElement;
    await hands.keyboard(undo);
    await waitFor(async () => expect((await stored()).size).toBe(9));
    await waitFor(() => expect(size.value).toBe('9'));
    expect(document.activeElement).toBe(next);
  });

  it('a value saved by Enter is undone as a change', async () => {
    const { hands, size, stored } = await open();
    await hands.clear(size);
    await hands.type(size, '12{Enter}');
    await waitFor(async () => expect((await stored()).size).toBe(12));
    await hands.keyboard(undo);
    await waitFor(async () => expect((await stored()).size).toBe(9));
    await waitFor(() => expect(size.value).toBe('9'));
  });

  it('never empties the search box from elsewhere', async () => {
    const { hands, name, stored } = await open();
    const search = screen.getByRole<HTMLInputElement>('searchbox');
    await hands.type(search, 'ther');
    await hands.click(name);
    await hands.keyboard(undo);
    expect(search.value).toBe('ther');
    // Making the team was the last change: it is taken back.
    await waitFor(async () =>
      expect(await api.entities.list({ type: 'team' })).toMatchObject({ matched: 0 }),
    );
    expect(await stored()).toBeTruthy();
  });

  it('in a form that is filled in and not saved it reaches nothing that was saved', async () => {
    const { hands, size, stored } = await open();
    await hands.clear(size);
    await hands.type(size, '12');
    await hands.tab();
    await waitFor(async () => expect((await stored()).size).toBe(12));
    act(() => showPanel({ kind: 'new' }));
    const form = await screen.findByRole('button', { name: 'Create team' });
    await hands.type(screen.getByRole('textbox', { name: 'Name' }), 'Power');
    await hands.click(screen.getByRole('textbox', { name: 'Discipline' }));
    await hands.keyboard(undo);
    form.focus();
    await hands.keyboard(undo);
    expect((await stored()).size).toBe(12);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Power');

    await hands.clear(screen.getByRole('textbox', { name: 'Name' }));
    await hands.click(screen.getByRole('textbox', { name: 'Discipline' }));
    await hands.keyboard(undo);
    await waitFor(async () => expect((await stored()).size).toBe(9));
  });
});
