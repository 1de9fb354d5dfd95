import { lastDailyOf } from '#core/versions/last-daily.ts';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { Fault } from '#shared/contract/faults.ts';
import { api } from '#renderer/api/client.ts';
import { useCorruption } from '#renderer/api/corruption.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { backupFolderErrors, recordFailures, failedWrites } from '#renderer/api/failed-writes.ts';
import CareView from '#renderer/features/care/CareView.tsx';
import { runFullCheck } from '#renderer/features/care/useCare.ts';
import { useDismissed } from '#renderer/features/care/warnings/WarningBar.tsx';
import WarningBar from '#renderer/features/care/warnings/WarningBar.tsx';
import { LastBackup } from '#renderer/features/home/kept/DataSafety.tsx';
import { currentAddress } from '#renderer/stores/address.ts';
import { queryKeys, queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { placeFile } from '#core/kernel/backups-folder.ts';
import { testFolder } from '#test/support/folder.ts';
import { clientOf } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import type { Served } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

const pauses = { initialMs: 1, intervalMs: 1_000_000, badIntervalMs: 1_000_000 };
const show = () => draw(<WarningBar pauses={pauses} />);
const bar = async () => within(await screen.findByRole('region', { name: 'Workspace warning' }));
const again = (): Promise<void> => queryClient.invalidateQueries({ queryKey: queryKeys.care('warnings') });
const noBar = (): Promise<void> =>
  waitFor(() => expect(screen.queryByRole('region', { name: 'Workspace warning' })).toBeNull());

/** As if a client of a cloud synced the folder in which the workspace lies. */
const marker = ({ workspace }: Served): string => join(workspace.folder, '..', '.stfolder');
const setBack = ({ workspace }: Served): void => void (workspace.clock.time -= 86_400_000);

beforeEach(() => {
  layOut();
  useDismissed.setState({ keys: [] });
  useSeat.setState({ items: {} });
  failedWrites.setState({ count: 0 });
  backupFolderErrors.setState({ count: 0 });
  useCorruption.setState({ isCorrupt: false });
});

it('shows nothing for a healthy workspace', async () => {
  await serveCore();
  show();
  await waitFor(() => expect(queryClient.getQueryData(queryKeys.care('warnings'))).toEqual([]));
  await noBar();
});

it('shows problems unasked, with advice and a link to Health', async () => {
  const served = await serveCore();
  mkdirSync(marker(served));
  setBack(served);
  const { hands } = show();
  const said = await bar();
  expect(said.getByText(/^Syncthing syncs this folder.*Move the workspace to a folder/)).toBeTruthy();
  expect(said.getByText('1 more')).toBeTruthy();
  await hands.click(said.getByRole('button', { name: 'Open Health' }));
  expect(currentAddress().view.kind).toBe('care');
});

it('disappears when resolved, and reappears with the problem, also after it was dismissed', async () => {
  const served = await serveCore();
  setBack(served);
  const { hands } = show();
  await hands.click((await bar()).getByRole('button', { name: 'Dismiss' }));
  await noBar();
  await again();
  await noBar();
  served.workspace.clock.time += 2 * 86_400_000;
  await again();
  await noBar();
  served.workspace.clock.time -= 4 * 86_400_000;
  await again();
  expect((await bar()).getByText(/^This computer’s clock is behind/)).toBeTruthy();
});

it('reappears at once after a failed save', async () => {
  const served = await serveCore();
  const { hands } = show();
  await waitFor(() => expect(queryClient.getQueryData(queryKeys.care('warnings'))).toEqual([]));
  setBack(served);
  const fault = new ORPCError('WORKSPACE', { data: { reason: 'full' }, message: 'The disk is full.' });
  await expect(recordFailures(Promise.reject(fault))).rejects.toBe(fault);
  await hands.click((await bar()).getByRole('button', { name: 'Dismiss' }));
  await noBar();
  await expect(recordFailures(Promise.reject(fault))).rejects.toBe(fault);
  expect(await bar()).toBeTruthy();
  await expect(recordFailures(Promise.reject(new Error('another')))).rejects.toThrow('another');
  expect(failedWrites.getState().count).toBe(2);
});

it('reports that corruption blocks writes, links to recovery, and informs the window until resolved', async () => {
  const served = await serveCore();
  const mark = join(served.workspace.folder, 'damaged.json');
  writeFileSync(mark, '{"version":1}\n');
  show();
  const said = await bar();
  expect(said.getByText(/^The workspace file is corrupt/)).toBeTruthy();
  expect(said.getByRole('button', { name: 'Close and recover…' })).toBeTruthy();
  expect(useCorruption.getState().isCorrupt).toBe(true);
  rmSync(mark);
  await again();
  await noBar();
  expect(useCorruption.getState().isCorrupt).toBe(false);
});

it('checks at once after corruption was found', async () => {
  const served = await serveCore();
  show();
  await waitFor(() => expect(queryClient.getQueryData(queryKeys.care('warnings'))).toEqual([]));
  writeFileSync(join(served.workspace.folder, 'damaged.json'), '{"version":1}\n');
  await expect(api.entities.create({ type: 'team', data: { name: 'Late' } })).rejects.toThrow(
    'corruption was found before',
  );
  expect(await bar()).toBeTruthy();
  expect(useCorruption.getState().isCorrupt).toBe(true);
});

it.each(['looking', 'checking'])('checks at once if %s finds corruption', async (how) => {
  const template = await makeTemplate(async ({ core }) => {
    await clientOf(core).entities.create({ type: 'team', data: { name: 'Radio' } });
  });
  spoilTable(join(template.folder, 'frames.sqlite'), 'teams');
  await serveCore({ template });
  show();
  await waitFor(() => expect(queryClient.getQueryData(queryKeys.care('warnings'))).toEqual([]));
  if (how === 'checking') await runFullCheck();
  else draw(<CareView />);
  expect((await bar()).getByRole('button', { name: 'Close and recover…' })).toBeTruthy();
  expect(useCorruption.getState().isCorrupt).toBe(true);
});

it.each(['a list of backups', 'backing up', 'Home', 'the usual look'])(
  'says that the place of backups is not there as soon as it is met by %s',
  async (by) => {
    const drive = join(testFolder(), 'frames-backups-one');
    mkdirSync(drive);
    const template = await makeTemplate((workspace) => {
      writeFileSync(placeFile(workspace.folder), JSON.stringify({ format: 1, folder: drive }));
      return Promise.resolve();
    });
    await serveCore({ template });
    if (by === 'the usual look')
      draw(<WarningBar pauses={{ initialMs: 1, intervalMs: 50, badIntervalMs: 50 }} />);
    else show();
    await waitFor(() => expect(queryClient.getQueryData(queryKeys.care('warnings'))).toEqual([]));
    rmSync(drive, { recursive: true });
    if (by === 'backing up') await awaitResult(api.backups.create({}), () => {}).catch(() => {});
    else if (by === 'a list of backups') await api.backups.list({}).catch(() => {});
    else if (by === 'Home') draw(<LastBackup />);
    const said = await bar();
    expect(said.getByText(/^The backup folder is not available/)).toBeTruthy();
  },
);

it('links to recovery if the daily backup found corruption', async () => {
  const served = await serveCore();
  const damaged = new Fault('WORKSPACE', { reason: 'damaged' });
  lastDailyOf(served.workspace.core.services).recordFailure(damaged);
  show();
  const said = await bar();
  expect(said.getByRole('button', { name: 'Close and recover…' })).toBeTruthy();
  expect(said.queryByRole('button', { name: 'Open Health' })).toBeNull();
});
