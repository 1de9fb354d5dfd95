import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { openTeam } from './panel-hands.tsx';

const notes = () => screen.findByRole('group', { name: 'Other notes' });
const box = (name: string) => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
const what = (name: string) => box(`Note “${name}”`);

beforeEach(() => useSeat.setState({ items: {} }));

describe('other notes', () => {
  it('are names with values, without braces, each edited in place and undone like a field', async () => {
    const { hands, workspace, stored } = await openTeam({ meta: { room: 'A431', floor: 4 } });
    const becomes = (meta: unknown) => waitFor(async () => expect((await stored()).meta).toEqual(meta));
    expect((await notes()).textContent).not.toMatch(/[{}"]/);
    await hands.clear(what('room'));
    await hands.type(what('room'), 'B12');
    await hands.tab();
    await hands.tab();
    await becomes({ room: 'B12', floor: 4 });
    await hands.clear(what('floor'));
    await hands.type(what('floor'), '5{Enter}');
    await becomes({ room: 'B12', floor: 5 });
    const [entry] = (await api.history.list({ limit: 1 })).rows;
    expect(entry?.label).toBe('team.update');
    await workspace.as().history.undo({});
    await becomes({ room: 'B12', floor: 4 });
    await waitFor(() => expect(what('floor').value).toBe('4'));
    expect(await workspace.verify()).toMatchObject({ ok: true });
  });
});
