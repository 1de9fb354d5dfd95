import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { connectionStore } from '#renderer/api/connection.ts';
import { useCorruption } from '#renderer/api/corruption.ts';
import { LiveBadge } from '#renderer/app/TitleBar.tsx';
import { StatusBar } from '#renderer/app/StatusBar.tsx';
import { useFrameCommands } from '#renderer/app/useFrameCommands.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import HomeView from '#renderer/features/home/HomeView.tsx';
import TransferHost from '#renderer/features/transfer/TransferHost.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { useMe, writeRefusal, fileRefusal } from '#renderer/stores/profile.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { hidePopups } from '#renderer/ui/notices.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

const reason = 'The workspace file is corrupt and read-only until you recover it.';

function Frame() {
  useFrameCommands();
  const me = useMe();
  return (
    <>
      <LiveBadge />
      <TransferHost />
      <HomeView />
      <StatusBar />
      <p>{`beside: ${fileRefusal(me)}, live: ${writeRefusal(me)}`}</p>
    </>
  );
}

async function open() {
  await serveCore();
  await serveShell();
  await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
  return draw(<Frame />);
}

const met = (is: boolean): void => act(() => useCorruption.setState({ isCorrupt: is }));
const commandOf = (id: string) => useRegistry.getState().commands.find((one) => one.id === id);
const isOff = (id: string): void => expect(commandOf(id)).toMatchObject({ enabled: false, why: reason });

beforeEach(() => {
  hidePopups();
  useSeat.setState({ items: {} });
  navigate({ kind: 'home' });
  onTestFinished(() => met(false));
});

it('shows in header and status bar that corruption blocks writes, until it no longer does', async () => {
  await open();
  await waitFor(() => expect(connectionStore.getState().state).toBe('ready'));
  expect(screen.getByText('Live').parentElement?.className).toContain('pill-ok');
  expect(await screen.findByText('Saved')).toBeTruthy();
  met(true);
  const live = screen.getByText('Live (corrupt)').parentElement;
  expect(live?.className).toContain('pill-bad');
  expect(live?.title).toBe(reason);
  const sign = screen.getByText('Read-only: file corrupt');
  expect(sign.className).toContain('bad');
  expect(sign.title).toBe(reason);
  expect(screen.queryByText('Saved')).toBeNull();
  met(false);
  expect(screen.getByText('Live').parentElement?.className).toContain('pill-ok');
  expect(screen.getByText('Saved')).toBeTruthy();
});

it('offers nothing then that would be refused: on Home, in the palette and the menu it is off with the reason', async () => {
  const { hands } = await open();
  const team = await screen.findByRole('button', { name: 'New team' });
  await waitFor(() => expect(commandOf('edit.undo')?.enabled).toBe(true));
  expect(commandOf('new.team')?.enabled).toBe(true);
  met(true);
  for (const id of ['new.team', 'new.interface', 'file.import', 'edit.undo']) isOff(id);
  for (const name of ['New team', 'New student', 'New link', 'Import file…']) {
    const button = screen.getByRole('button', { name });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.title).toBe(reason);
  }
  await hands.click(team);
  expect(currentAddress().view).toEqual({ kind: 'home' });
  expect(screen.getByText(`beside: null, live: ${reason}`)).toBeTruthy();
  met(false);
  await hands.click(screen.getByRole('button', { name: 'New team' }));
  expect(currentAddress().view).toMatchObject({ type: 'team', panel: { kind: 'new' } });
});
