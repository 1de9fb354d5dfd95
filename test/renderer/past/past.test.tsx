import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import { inPast, inSandbox, isLive, pageSandbox, targetKey } from '#renderer/stores/target.ts';
import { LiveBadge } from '#renderer/app/TitleBar.tsx';
import PastBar from '#renderer/features/past/PastBar.tsx';
import PastHost from '#renderer/features/past/PastHost.tsx';
import { restoreTo } from '#renderer/features/past/restore/RestoreForm.tsx';
import { useWorkspace } from '#renderer/stores/profile.ts';
import { dateTimeToSecond } from '#renderer/text/formats.ts';
import { requestRestore } from '#renderer/stores/open-point.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { lookAt } from '../support/target.ts';

/** Counts teams as the window would, to see what it shows follow the moment. */
function Teams() {
  return <p>{`Teams: ${useWorkspace().data?.counts['teams'] ?? '?'}`}</p>;
}

/** A workspace with three teams made one after the other, and the window of the past at the newest of that. */
async function open(name?: string) {
  const served = await serveCore();
  const home = clientOf(served.workspace.core);
  if (name !== undefined) await home.workspace.rename({ name });
  for (const [id, name] of [
    ['t1', 'Radio'],
    ['t2', 'Optics'],
    ['t3', 'Power'],
  ] as const)
    await home.entities.create({ type: 'team', id, data: { name, size: 3, discipline: 'software' } });
  const moment = await openAt(served.workspace, 'now');
  served.serve(moment);
  const shell = await serveShell();
  lookAt('then-live');
  onTestFinished(watchChanges(queryClient));
  const drawn = draw(
    <>
      <PastBar />
      <PastHost />
      <Teams />
    </>,
  );
  await screen.findByText('Teams: 3');
  const slider = screen.getByRole<HTMLInputElement>('slider', { name: 'Point in time' });
  await waitFor(() => expect(slider.disabled).toBe(false));
  return { ...served, ...drawn, home, shell, slider };
}

const named = (id: string) => useRegistry.getState().commands.find((one) => one.id === id);

describe('the target of the page', () => {
  it('distinguishes live, Play and the past of each', () => {
    const sandbox = 'sbx_019a0000-0000-7000-8000-000000000001';
    const all = ['live', sandbox, 'then-live', `then-${sandbox}`].map((target) => {
      lookAt(target);
      return [isLive(), inSandbox(), inPast(), pageSandbox(), targetKey('tabs')];
    });
    expect(all).toEqual([
      [true, false, false, null, 'tabs'],
      [false, true, false, sandbox, `tabs:${sandbox}`],
      [false, false, true, null, 'tabs'],
      [false, false, true, sandbox, `tabs:${sandbox}`],
    ]);
  });
});

describe('the bar of the past', () => {
  it('follows the slider by key and button, and names the change before the point in time', async () => {
    const { hands, slider } = await open();
    expect(screen.getByText(/Created “Power”/)).toBeTruthy();
    const before = Number(slider.value);
    await hands.click(screen.getByRole('button', { name: 'Previous change' }));
    await screen.findByText('Teams: 2');
    expect(Number(slider.value)).toBe(before - 1);
    expect(slider.getAttribute('aria-valuetext')).toMatch(/Created “Optics”, by /);
    expect(screen.getByText(/Created “Optics”/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Next change' }));
    await screen.findByText('Teams: 3');
    const next = screen.getByRole<HTMLButtonElement>('button', { name: 'Next change' });
    expect(next.disabled).toBe(true);
  });

  it('refuses everything that would change something, and leaves naming moments', async () => {
    await open();
    expect(named('past.name')?.enabled).toBe(true);
    expect(named('past.enter')).toBeUndefined();
    expect(named('past.back')).toBeTruthy();
    await expect(api.entities.remove({ type: 'team', id: 't1' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('names the moment, leads there by its mark, renames and removes it with a way back', async () => {
    const { hands, home, slider } = await open();
    await hands.click(screen.getByRole('button', { name: 'Previous change' }));
    await screen.findByText('Teams: 2');
    await named('past.name')?.run();
    const dialog = within(await screen.findByRole('dialog', { name: 'Add checkpoint' }));
    await hands.type(dialog.getByRole('textbox'), 'Before power{Enter}');
    await screen.findByText('Checkpoint “Before power” added');
    const [checkpoint] = await home.checkpoints.list({});
    expect(checkpoint?.name).toBe('Before power');
    await hands.click(screen.getByRole('button', { name: 'Next change' }));
    await screen.findByText('Teams: 3');
    await hands.click(await screen.findByRole('button', { name: /^Checkpoint “Before power”, / }));
    await screen.findByText('Teams: 2');

    // Who clicks on the mark while the window is about to follow the slider means the mark.
    fireEvent.change(slider, { target: { value: '0' } });
    fireEvent.click(screen.getByRole('button', { name: /^Checkpoint “Before power”, / }));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(screen.getByText('Teams: 2')).toBeTruthy();
    expect(Number(slider.value)).toBeGreaterThan(0);

    await hands.click(screen.getByRole('button', { name: 'Checkpoints' }));
    const list = within(await screen.findByRole('dialog', { name: 'Checkpoints' }));
    expect(list.getByText(/\d:\d\d:\d\d.* · by /)).toBeTruthy();
    await hands.click(list.getByRole('button', { name: 'Remove checkpoint “Before power”' }));
    await screen.findByText('Checkpoint “Before power” removed');
    expect(await home.checkpoints.list({})).toEqual([]);
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(async () =>
      expect(await home.checkpoints.list({})).toMatchObject([{ name: 'Before power' }]),
    );
  });

  it('opens the last change up to a day and time', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('button', { name: 'Day and time…' }));
    const day = await screen.findByLabelText('Day');
    await hands.clear(day);
    await hands.type(day, '1999-01-01');
    await hands.click(screen.getByRole('button', { name: 'Go there' }));
    const said = (await screen.findByRole('alert')).textContent;
    const { first } = await api.moments.range({ buckets: 1 });
    expect(said).toBe(`The history begins on ${dateTimeToSecond(first.created_at)}. Choose a later time.`);
    expect(screen.getByText('Teams: 3')).toBeTruthy();
    await hands.type(screen.getByLabelText('Time'), '9');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('restoring from the past', () => {
  it('shows later changes again first, and restores only then', async () => {
    const { hands, home, shell } = await open();
    await home.entities.update({ type: 'team', id: 't1', data: { size: 9 } });
    requestRestore(['t1', 't2']);
    const dialog = within(await screen.findByRole('dialog', { name: /^Restore to / }));
    await dialog.findByText('Radio');
    await home.entities.update({ type: 'team', id: 't2', data: { name: 'Lenses' } });
    await hands.click(dialog.getByRole('button', { name: 'Restore' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(
      'Changed since the comparison: Lenses. Nothing was changed. The preview above is up to date now.',
    );
    const names = within(dialog.getByRole('list', { name: 'Planned changes' }));
    await waitFor(() => expect(names.getAllByRole('listitem')).toHaveLength(2));
    expect((await home.entities.get({ type: 'team', id: 't1' })).payload['size']).toBe(9);
    await hands.click(dialog.getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(shell.asked).toHaveLength(1));
    expect((await home.entities.get({ type: 'team', id: 't2' })).title).toBe('Optics');
  });

  it('restores everything only when the name of the workspace is typed', async () => {
    // As a folder may be called: its ü in two parts, and two blanks.
    const { hands, home, shell, workspace } = await open('Zürich  Nord'.normalize('NFD'));
    await home.entities.remove({ type: 'team', id: 't3' });
    await hands.click(screen.getByRole('button', { name: 'Restore everything…' }));
    const dialog = within(await screen.findByRole('dialog', { name: /^Restore everything to / }));
    const field = await dialog.findByRole('textbox');
    await waitFor(() => expect(document.activeElement).toBe(field));
    const yes = dialog.getByRole<HTMLButtonElement>('button', { name: 'Restore' });
    expect(yes.disabled).toBe(true);
    await hands.type(field, 'Zürich Nord{Enter}');
    await waitFor(() => expect(shell.asked).toHaveLength(1));
    expect((await home.entities.find({ id: 't3' })).deleted_at).toBeNull();
    expect(await clientOf(workspace.core).backups.list({})).toHaveLength(1);
  });
});

it('after others restored it, no action would overwrite their changes', async () => {
  await serveCore();
  await api.entities.create({ type: 'team', id: 't1', data: { name: 'Radio', size: 3 } });
  const moment = await api.moments.resolve({ at: 'now' });
  await api.entities.update({ type: 'team', id: 't1', data: { size: 9 } });
  const { hands } = draw(null);
  restoreTo(moment, ['t1']);
  const dialog = within(await screen.findByRole('dialog', { name: /^Restore to / }));
  await dialog.findByText('Radio');
  await api.entities.update({ type: 'team', id: 't1', data: { size: 3 } });
  const yes = dialog.getByRole<HTMLButtonElement>('button', { name: 'Restore' });
  await hands.click(yes);
  const alert = await dialog.findByRole('alert');
  expect(alert.textContent).toMatch(/Changed since the comparison: Radio.*Nothing was changed\./);
  expect(yes.disabled).toBe(true);
});

it('records to restore are distinguished by their university', async () => {
  await serveCore();
  for (const [id, name] of Object.entries({ u1: 'Summit', u2: 'Basin' }))
    await api.entities.create({ type: 'university', id, data: { name } });
  for (const [id, university_id] of Object.entries({ t1: 'u1', t2: 'u2', t3: 'u2' }))
    await api.entities.create({ type: 'team', id, data: { name: 'Radio', university_id, size: 3 } });
  const moment = await api.moments.resolve({ at: 'now' });
  for (const id of ['t1', 't2']) await api.entities.update({ type: 'team', id, data: { size: 9 } });
  await api.entities.remove({ type: 'team', id: 't3' });
  await api.entities.create({ type: 'team', id: 't4', data: { name: 'Optics', university_id: 'u1' } });
  draw(null);
  restoreTo(moment, null);
  const names = within(await screen.findByRole('list', { name: 'Planned changes' }));
  expect(
    names
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
      .toSorted(),
  ).toEqual([
    '+RestoredRadioTeam · Basin · t3',
    '~ChangedRadioTeam · Basin · t2',
    '~ChangedRadioTeam · Summit',
    '−DeletedOpticsTeam · Summit',
  ]);
});

it('the past of a sandbox is distinguished from that of live, and restoring everything names the sandbox', async () => {
  const served = await serveCore();
  const live = clientOf(served.workspace.core);
  await live.entities.create({ type: 'team', id: 't1', data: { name: 'Radio' } });
  const { id } = await take(live, 'Spring');
  const play = clientOf(await openSandbox(served.workspace, id));
  await play.entities.create({ type: 'team', id: 't2', data: { name: 'Optics' } });
  const moment = await openAt(served.workspace, 'now', id);
  served.serve(moment);
  await serveShell();
  lookAt(`then-${id}`);
  await play.entities.remove({ type: 'team', id: 't1' });
  const { hands } = draw(
    <>
      <LiveBadge />
      <PastBar />
    </>,
  );
  expect(await screen.findByText('Play: Spring')).toBeTruthy();
  expect(await screen.findByText(/^Sandbox “Spring” as of /)).toBeTruthy();
  await hands.click(screen.getByRole('button', { name: 'Restore everything…' }));
  const dialog = within(await screen.findByRole('dialog', { name: /^Restore this sandbox to / }));
  expect(await dialog.findByText(/sandbox “Spring” gets no backup/)).toBeTruthy();
  await hands.type(await dialog.findByRole('textbox', { name: /Type “Spring”/ }), 'Spring{Enter}');
  await waitFor(async () => expect((await play.entities.find({ id: 't1' })).deleted_at).toBeNull());
  expect(await live.backups.list({})).toEqual([]);
});
