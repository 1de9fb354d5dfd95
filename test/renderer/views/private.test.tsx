import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { privateView } from '#renderer/features/views/private.ts';
import { queryKeys, queryClient } from '#renderer/stores/queries.ts';
import { setSeatItem, useSeat } from '#renderer/stores/seat.ts';
import { layOut } from '../support/layout.ts';
import { choose, open, savedId, title } from './view-hands.tsx';
import type { Hands } from './view-hands.tsx';

async function saveForMe(hands: Hands, name: string): Promise<void> {
  await choose(hands, 'Save view…');
  await hands.click(await screen.findByRole('radio', { name: 'Only me' }));
  await hands.type(screen.getByRole('textbox', { name: 'Name' }), `${name}{Enter}`);
  await waitFor(() => expect(title().textContent).toBe(name));
}

beforeEach(() => layOut());

describe('a view that only I see', () => {
  it('belongs to a profile of a workspace', async () => {
    const { hands } = await open();
    await saveForMe(hands, 'Mine');
    const [key] = Object.keys(useSeat.getState().items).filter((one) => one.startsWith('my-views:'));
    const info = await api.workspace.info({});
    expect(key).toBe(`my-views:${info.id}:${info.actor.id}`);
    const actor = { ...info.actor, id: 'profile_other', name: 'Bo' };
    act(() => void queryClient.setQueryData(queryKeys.info, { ...info, actor }));
    await waitFor(() => expect(screen.queryByTitle(/only me/)).toBeNull());
  });

  it('whose item cannot be read, or is too large, is not taken for one', async () => {
    const { hands } = await open();
    const info = await api.workspace.info({});
    act(() => setSeatItem(`my-views:${info.id}:${info.actor.id}`, [{ id: 'view_1', name: 'x' }]));
    expect(privateView('view_1')).toBeUndefined();
    await saveForMe(hands, 'Mine');
    expect(privateView(savedId())?.name).toBe('Mine');
  });
});
