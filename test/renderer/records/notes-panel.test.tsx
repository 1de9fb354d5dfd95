import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import RecordPanel from '#renderer/features/records/panel/RecordPanel.tsx';
import { navigate, useListView } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listWithRecord } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

function OpenPanel() {
  const view = useListView();
  return view?.panel ? <RecordPanel type={view.type} panel={view.panel} /> : null;
}

/** A team in its panel, and what is stored of it. */
async function open(data: JsonObject) {
  const { workspace } = await serveCore();
  onTestFinished(watchChanges(queryClient));
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal', ...data } });
  navigate(listWithRecord('team', record.id));
  const { hands } = draw(<OpenPanel />);
  await screen.findByRole('textbox', { name: 'Size' });
  const stored = async () => (await api.entities.get({ type: 'team', id: record.id })).payload;
  const becomes = (meta: unknown) => waitFor(async () => expect((await stored()).meta).toEqual(meta));
  return { hands, workspace, id: record.id, stored, becomes };
}

const notes = () => screen.findByRole('group', { name: 'Other notes' });
const box = (name: string) => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
const what = (name: string) => box(`Note “${name}”`);

beforeEach(() => useSeat.setState({ items: {} }));

describe('other notes', () => {
  it('are names with values, without braces, each edited in place and undone like a field', async () => {
    const { hands, workspace, becomes } = await open({ meta: { room: 'A431', floor: 4 } });
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
