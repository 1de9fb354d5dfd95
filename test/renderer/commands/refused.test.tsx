import { notifications } from '@mantine/notifications';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useFrameCommands } from '#renderer/app/useFrameCommands.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import RecordPanel from '#renderer/features/records/panel/RecordPanel.tsx';
import { useRenameCommand } from '#renderer/features/workspace/useWorkspaceCommands.ts';
import { useViewCommands } from '#renderer/features/views/ViewsHost.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { useNotices } from '#renderer/stores/notices.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

function Offering() {
  useFrameCommands();
  useRenameCommand();
  useViewCommands();
  return <ListView />;
}

const commandOf = (id: string) => useRegistry.getState().commands.find((command) => command.id === id);

async function profile(name: string, role: 'viewer' | 'admin') {
  return (await api.workspace.createProfile({ name, role, university_id: null })).id;
}

async function listAsViewer() {
  await serveCore();
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
  await actAs(await profile('Vera', 'viewer'));
  navigate(listOf('team'));
  const drawn = draw(<Offering />);
  await screen.findByRole('gridcell', { name: /^Thermal/ });
  return { record, ...drawn };
}

beforeEach(() => {
  freshGrid();
  layOut();
  useSeat.setState({ items: {} });
  useNotices.setState({ list: [] });
  notifications.clean();
});

describe('actions without permission', () => {
  it('have a reason in every command that changes the workspace', async () => {
    const { hands } = await listAsViewer();
    await hands.click(screen.getByRole('gridcell', { name: /^Thermal/ }));
    const changing = [
      ...entityTypes.map((type) => `new.${type}`),
      ...['new', 'edit', 'editMany', 'linkTo', 'paste', 'fillDown', 'empty', 'delete'].map(
        (id) => `record.${id}`,
      ),
      'workspace.rename',
      'view.save',
    ];
    await waitFor(() => expect(commandOf('record.edit')?.why).toBeDefined());
    const open = changing.filter(
      (id) => commandOf(id)?.enabled !== false || commandOf(id)?.why === undefined,
    );
    expect(open).toEqual([]);
  });

  it('have a reason on the buttons above a list, which stay focusable', async () => {
    const { hands } = await listAsViewer();
    const why = 'Viewers cannot change records.';
    await hands.click(await screen.findByRole('checkbox', { name: /Thermal/ }));
    for (const name of ['Edit…', 'Delete']) {
      const button = await screen.findByRole<HTMLButtonElement>('button', { name });
      expect([button.title, button.disabled, button.getAttribute('aria-disabled')]).toEqual([
        why,
        false,
        'true',
      ]);
    }
    await hands.click(screen.getByRole('button', { name: 'Delete' }));
    expect((await api.entities.list({ type: 'team' })).matched).toBe(1);
    expect(useNotices.getState().list.length).toBe(1);
    await hands.click(screen.getByRole('button', { name: 'Clear' }));
    const fresh = await screen.findByRole<HTMLButtonElement>('button', { name: 'New team' });
    expect([fresh.title, fresh.disabled]).toEqual([why, false]);
  });

  it('leave the form of a new record readable, with its input', async () => {
    await serveCore();
    const vera = await profile('Vera', 'viewer');
    const { hands } = draw(<RecordPanel type="team" panel={{ kind: 'new' }} />);
    await hands.type(await screen.findByRole('textbox', { name: 'Name' }), 'Half');
    await act(() => actAs(vera));
    const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' });
    await waitFor(() => expect(name.closest('fieldset')?.disabled).toBe(true));
    expect(name.value).toBe('Half');
    expect(screen.getByText('Viewers cannot change records.')).toBeTruthy();
  });
});
