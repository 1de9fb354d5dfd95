import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { jobKind } from '#core/jobs/kind.ts';
import type { JobKinds } from '#core/jobs/kind.ts';
import { jobQueue } from '#core/jobs/queue.ts';
import JobsChip from '#renderer/features/jobs/JobsChip.tsx';
import JobsHost from '#renderer/features/jobs/JobsHost.tsx';
import JobsView from '#renderer/features/jobs/JobsView.tsx';
import { resultLines } from '#renderer/features/jobs/details.ts';
import { useJobs } from '#renderer/features/jobs/state.ts';
import { currentAddress } from '#renderer/stores/address.ts';
import { api } from '#renderer/api/client.ts';
import { Fault } from '#shared/contract/faults.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** Backups that wait until they are let go, and checks that fail until they are mended. */
function kindsThat(state: { go: Promise<unknown>; isBroken: boolean }): JobKinds {
  const input = z.unknown();
  const backup = async ({ onProgress, signal }: { onProgress: (p: never) => void; signal: AbortSignal }) => {
    onProgress({ kind: 'progress', step: 'copying', done: 3, total: 4 } as never);
    await Promise.race([
      state.go,
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    ]);
    return { backup: 'b1' };
  };
  const verify = () => {
    if (state.isBroken) throw new Fault('NOT_FOUND', { type: 'team', id: 't' });
    return Promise.resolve(null);
  };
  return {
    backup: jobKind<unknown>({ input, maxAttempts: 3, run: backup }),
    verify: jobKind<unknown>({ input, maxAttempts: 3, run: verify }),
  };
}

async function open() {
  layOut();
  useJobs.setState({ overview: null });
  const served = await serveCore();
  const go = Promise.withResolvers<void>();
  const state = { go: go.promise, isBroken: true };
  const { hands, unmount } = draw(
    <>
      <JobsHost />
      <JobsChip />
      <JobsView />
    </>,
  );
  onTestFinished(unmount);
  const section = async (name: string) => within(await screen.findByRole('region', { name }));
  const run = () => served.workspace.core.runJobs({ kinds: kindsThat(state), poll: 5 });
  return { ...served, hands, section, run, state, letGo: () => go.resolve() };
}

it('explains the empty list, and adds a job that a runner takes, with its progress in page and status bar', async () => {
  const { hands, section, run, letGo } = await open();
  await hands.click(await screen.findByRole('button', { name: 'Back up in the background' }));
  expect((await section('Waiting')).getByRole('heading', { name: 'Back up' })).toBeTruthy();
  run();
  expect(await (await section('Running')).findByText('75 %')).toBeTruthy();
  const chip = await screen.findByRole('button', { name: '1 job running' });
  letGo();
  expect((await section('History')).getByText(/^Completed/)).toBeTruthy();
  await waitFor(() => expect(chip.isConnected).toBe(false));
  await hands.click((await section('History')).getByRole('button', { name: 'Details: Back up' }));
  const result = within(await screen.findByRole('region', { name: 'Result' }));
  expect(result.getByRole('term').textContent).toBe('Backup');
  expect(result.getByRole('definition').textContent).toBe('b1');
  await hands.click(screen.getByRole('button', { name: 'Hide details: Back up' }));
  expect(screen.queryByRole('region', { name: 'Result' })).toBeNull();
});

it('shows a failed job with its reason until it is retried or dismissed', async () => {
  const { hands, section, run, state } = await open();
  run();
  await hands.click(await screen.findByRole('button', { name: 'Add job' }));
  await hands.click(await screen.findByRole('menuitem', { name: 'Verify workspace' }));
  const failed = await section('Needs attention');
  expect(failed.getByText(/not found|doesn’t exist|no longer/i)).toBeTruthy();
  await hands.click(await screen.findByRole('button', { name: '1 job failed' }));
  expect(currentAddress().view.kind).toBe('jobs');
  state.isBroken = false;
  await hands.click(failed.getByRole('button', { name: 'Try again: Verify workspace' }));
  expect((await section('History')).getByText(/^Completed/)).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Needs attention' })).toBeNull();

  state.isBroken = true;
  await api.jobs.enqueue({ job: { kind: 'verify' } });
  const again = await section('Needs attention');
  await hands.click(again.getByRole('button', { name: 'Dismiss: Verify workspace' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Needs attention' })).toBeNull());
});

it('names the file or question of a waiting job, and its input in the details', async () => {
  const { hands, section, workspace } = await open();
  const path = join(workspace.folder, '..', 'people.csv');
  writeFileSync(path, 'name');
  const grant = workspace.core.grants.issue(path, 'read');
  await api.jobs.enqueue({ job: { kind: 'import', input: { grant, options: { loss_unit: 'percent' } } } });
  await api.jobs.enqueue({ job: { kind: 'analyze', input: { question: 'leavers' } } });
  const { queryClient: queries } = await import('#renderer/stores/queries.ts');
  await queries.invalidateQueries();
  const waiting = await section('Waiting');
  expect(await waiting.findByRole('heading', { name: 'Answer of Insights: Departures' })).toBeTruthy();
  await hands.click(waiting.getByRole('button', { name: 'Details: Import file: people.csv' }));
  const request = within(await waiting.findByRole('region', { name: 'Request' }));
  const values = request.getAllByRole('definition').map((one) => one.textContent);
  expect(request.getAllByRole('term').map((one, at) => [one.textContent, values[at]])).toEqual([
    ['File', path],
    ['Update existing records', 'No'],
    ['Back up first', 'If there are records'],
    ['Losses in', 'percent'],
  ]);
});

it('shows the fields of a result that another version wrote by their names', () => {
  const job = { kind: 'newer', result: { made: 2, parts: [{ a: 1 }] } };
  expect(resultLines(job, new Map())).toEqual([
    { label: 'made', value: '2' },
    { label: 'parts', value: '1 value' },
  ]);
});

it('cancels a running job', async () => {
  const { hands, section, run, workspace } = await open();
  run();
  const { id } = await api.jobs.enqueue({ job: { kind: 'backup' } });
  await hands.click((await section('Running')).getByRole('button', { name: 'Cancel: Back up' }));
  expect((await section('History')).getByText(/^Cancelled/)).toBeTruthy();
  expect(jobQueue(workspace.core.services).get(id).state).toBe('cancelled');
});

it('shows a viewer the jobs, and why they cannot add any', async () => {
  const { hands, section } = await open();
  await api.jobs.enqueue({ job: { kind: 'backup' } });
  await api.workspace.createProfile({ name: 'Vic', role: 'viewer' });
  await api.workspace.actAs({ profile: 'Vic' });
  const { queryClient: queries } = await import('#renderer/stores/queries.ts');
  await queries.invalidateQueries();
  const waiting = await section('Waiting');
  await waitFor(() => expect(waiting.queryByRole('button', { name: 'Cancel: Back up' })).toBeNull());
  await hands.click(screen.getByRole('button', { name: 'Add job' }));
  const item = await screen.findByRole('menuitem', { name: /^Back up/ });
  expect(item.getAttribute('aria-disabled')).toBe('true');
});
