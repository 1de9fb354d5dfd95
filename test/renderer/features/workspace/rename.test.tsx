import { act, screen, waitFor, within } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { WorkspaceMenu } from '#renderer/app/TitleBar.tsx';
import { runCommand, useRegistry } from '#renderer/commands/registry.ts';
import { useRenameCommand } from '#renderer/features/workspace/useWorkspaceCommands.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { useWorkspace } from '#renderer/stores/profile.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';

function Bar() {
  useRenameCommand();
  return <WorkspaceMenu name={useWorkspace().data?.name ?? ''} />;
}

const command = () => useRegistry.getState().commands.find(({ id }) => id === 'workspace.rename');
const called = async () => (await api.workspace.info({})).name;

async function open() {
  await serveCore();
  onTestFinished(watchChanges(queryClient));
  const first = await called();
  const drawn = draw(<Bar />);
  await screen.findByText(first);
  return { ...drawn, first };
}

beforeEach(() => notifications.clean());

describe('renaming the workspace', () => {
  it('begins at its name, shows the new one, and is undone from the notice', async () => {
    const { hands, first } = await open();
    await hands.click(screen.getByRole('button', { name: new RegExp(first) }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Rename workspace…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Rename workspace' }));
    const name = dialog.getByRole<HTMLInputElement>('textbox', { name: 'Name' });
    expect(name.value).toBe(first);
    await hands.clear(name);
    expect(dialog.getByText('Enter a name.')).toBeTruthy();
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Rename' }).disabled).toBe(true);
    await hands.type(name, 'Our missions{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await called()).toBe('Our missions');
    await screen.findByText('Our missions');
    await screen.findByText('Workspace renamed to “Our missions”');
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByText(first);
    expect(await called()).toBe(first);
  });

  it('to the same name is no change, and Cancel leaves it', async () => {
    const { hands, first } = await open();
    act(() => void runCommand('workspace.rename'));
    const dialog = within(await screen.findByRole('dialog'));
    await hands.click(dialog.getByRole('button', { name: 'Rename' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    act(() => void runCommand('workspace.rename'));
    await hands.type(await screen.findByRole('textbox', { name: 'Name' }), 'Other');
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await called()).toBe(first);
    expect((await api.history.list({ limit: 1 })).total).toBe(1);
  });

  it('is disabled without permission', async () => {
    await open();
    await waitFor(() => expect(command()?.enabled).toBe(true));
    const { id } = await api.workspace.createProfile({ name: 'Edi', role: 'editor' });
    await api.workspace.actAs({ profile: id });
    await queryClient.invalidateQueries();
    await waitFor(() => expect(command()?.enabled).toBe(false));
  });
});
