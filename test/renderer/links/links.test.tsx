import { notifications } from '@mantine/notifications';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { printLink } from '#shared/address/link.ts';
import { historyOf, listOf, recordPage, listWithRecord } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { api } from '#renderer/api/client.ts';
import { followLink } from '#renderer/features/links/followLink.ts';
import { useImport } from '#renderer/features/transfer/state.ts';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

beforeEach(() => {
  notifications.clean();
  navigate({ kind: 'home' });
});

const tabs = (): number => useTabs.getState().panes.flatMap((pane) => pane.tabs).length;
const to = (view: View, target = 'live', workspace: string | null = null): string =>
  printLink({ address: { target, view }, workspace });
const follow = (link: string): Promise<void> => act(() => followLink(link));

async function begin() {
  await serveCore();
  const { hands } = draw(null);
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
  return { team: record, before: tabs(), hands };
}

describe('a link that is followed', () => {
  it('of this workspace is followed, of another it is not', async () => {
    const { before } = await begin();
    const { id } = await api.workspace.info({});
    await follow(to({ kind: 'help' }, 'live', 'another'));
    expect(await screen.findByText('This address opens another workspace')).toBeTruthy();
    expect(tabs()).toBe(before);
    await follow(to({ kind: 'help' }, 'live', id));
    expect(currentAddress().view).toEqual({ kind: 'help' });
  });

  it.each([
    ['frames://live/nowhere', 'Invalid address'],
    ['not a link', 'Invalid address'],
    [to({ kind: 'home' }, 'sandbox_1'), 'This address opens data that is not here'],
    [
      to(listWithRecord('team', 'nobody')),
      'Record nobody is not in this workspace. It may be in another one.',
    ],
    [to(recordPage('team', 'nobody')), 'Record nobody is not in this workspace. It may be in another one.'],
    [to(historyOf({ open: 'op_1' })), 'The history has no such change.'],
  ])('%s goes nowhere, and it is said why', async (link, words) => {
    const { before } = await begin();
    await follow(link);
    expect(await screen.findByText(words)).toBeTruthy();
    expect(tabs()).toBe(before);
    expect(currentAddress().view).toEqual({ kind: 'home' });
  });

  it('to a change opens it; to a deleted saved view it shows the view’s content', async () => {
    await begin();
    const { rows } = await api.history.list({ limit: 1 });
    const open = rows[0]?.op_id ?? '';
    await follow(to(historyOf({ open })));
    expect(currentAddress().view).toEqual(historyOf({ open }));
    await follow(to({ ...listOf('team'), saved: 'gone', search: 'x' }));
    expect(await screen.findByText('No such saved view in this workspace.')).toBeTruthy();
    expect(currentAddress().view).toEqual({ ...listOf('team'), search: 'x' });
  });

  it('writes nothing, whatever its text', async () => {
    await begin();
    const { total } = await api.history.list({ limit: 1 });
    for (const link of [
      'frames://live/teams?new=1&name=Evil',
      'frames://live/import?file=/etc/passwd',
      'frames://live/teams?sel=x&undo=1',
    ])
      await follow(link);
    expect((await api.history.list({ limit: 1 })).total).toBe(total);
    expect(useImport.getState().stage).toBe('nothing');
  });
});

describe('a link into the past', () => {
  it('offers to turn there, at the moment that it was copied at', async () => {
    const { before, hands } = await begin();
    const shell = await serveShell();
    await follow(to(listOf('team'), 'then-live.2'));
    expect(tabs()).toBe(before);
    await hands.click(await screen.findByRole('button', { name: 'Open point in time' }));
    await waitFor(() =>
      expect(shell.asked).toEqual([
        { what: 'turn', sandbox: null, at: 2, link: to(listOf('team'), 'then-live') },
      ]),
    );
  });
});
