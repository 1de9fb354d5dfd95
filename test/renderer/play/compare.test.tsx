import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { behind } from '../support/behind.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** Three teams: Play renames one, deletes one and makes a link; both sides give the third another size. */
async function open() {
  const served = await serveCore();
  const { workspace } = served;
  const make = (id: string, name: string, size: number) =>
    api.entities.create({ type: 'team', id, data: { name, size, discipline: 'software' } });
  await make('t1', 'Radio', 3);
  await make('t2', 'Optics', 4);
  await make('t3', 'Power', 5);
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id));
  await play.entities.update({ type: 'team', id: 't1', data: { name: 'Radio and antenna' } });
  await play.entities.remove({ type: 'team', id: 't2' });
  await play.entities.update({ type: 'team', id: 't3', data: { size: 9 } });
  await play.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't3' } });
  await api.entities.update({ type: 'team', id: 't3', data: { size: 7 } });
  await make('t4', 'Thermal', 2);
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findByRole('heading', { name: 'Compare “Spring” with live' });
  return { ...served, ...drawn, sandbox: id, play };
}

const rowOf = (name: RegExp) => screen.getByRole('rowheader', { name }).closest('tbody') as HTMLElement;
const sizeOf = async (id: string) => (await api.entities.get({ type: 'team', id })).payload['size'];

beforeEach(() => {
  layOut();
  useStoredChoices.setState({}, true);
});

describe('comparing a sandbox with live', () => {
  it('shows base, live and Play by record and field', async () => {
    const { hands } = await open();
    const radio = within(await waitFor(() => rowOf(/^Changed: Radio and antenna/)));
    expect(radio.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
      '',
      'Name',
      'Radio',
      'Radio',
      'Radio and antenna',
    ]);
    const optics = within(rowOf(/^Deleted: Optics/));
    expect(optics.getByText('deleted')).toBeTruthy();
    expect(optics.getByText('whole record')).toBeTruthy();
    expect(within(optics.getByRole('rowheader')).getByText('Team')).toBeTruthy();
    expect(screen.getByRole('rowheader', { name: /^Added: Radio and antenna → Power/ })).toBeTruthy();
    const power = rowOf(/^Conflict: Power/);
    expect(within(power).getByText('Size was changed in both.')).toBeTruthy();
    expect(screen.queryByText('Thermal')).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Changed in live only (1)' }));
    await screen.findByRole('rowheader', { name: /^Added: Thermal/ });
    await hands.click(screen.getByRole('button', { name: 'Conflicts (1)' }));
    await screen.findByRole('rowheader', { name: /^Conflict: Power/ });
    await hands.type(screen.getByRole('searchbox'), 'nothing like it');
    await screen.findByText('No difference contains “nothing like it”.');
  });

  it('promotes the selection in one step, once conflicts are resolved, after a preview', async () => {
    const { hands } = await open();
    await waitFor(() => rowOf(/Optics/));
    await hands.click(screen.getByRole('checkbox', { name: 'Include “Optics”' }));
    await hands.click(screen.getByRole('button', { name: /^Promote \d+ records?…$/ }));
    const asked = within(await screen.findByRole('dialog', { name: 'Promote “Spring” to live?' }));
    expect(await asked.findByText('1 conflict to resolve')).toBeTruthy();
    const promote = asked.getByRole<HTMLButtonElement>('button', { name: 'Promote' });
    expect(promote.disabled).toBe(true);
    await hands.click(asked.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    const power = within(rowOf(/^Conflict: Power/));
    await hands.click(power.getByRole('button', { name: 'Use sandbox: Size of “Power”' }));
    expect(
      power.getByRole('button', { name: 'Use sandbox: Size of “Power”' }).getAttribute('aria-pressed'),
    ).toBe('true');
    await hands.click(screen.getByRole('button', { name: /^Promote \d+ records?…$/ }));
    const again = within(await screen.findByRole('dialog', { name: 'Promote “Spring” to live?' }));
    expect(await again.findByText('Adds 1 link')).toBeTruthy();
    expect(again.getByText('Changes 2 teams')).toBeTruthy();
    expect(again.queryByText(/^Deletes/)).toBeNull();
    await hands.click(again.getByRole('button', { name: 'Promote' }));
    const told = await screen.findByText('3 records promoted from “Spring”');
    expect(await sizeOf('t3')).toBe(9);
    expect((await api.entities.get({ type: 'team', id: 't1' })).payload['name']).toBe('Radio and antenna');
    expect((await api.entities.find({ id: 't2' })).deleted_at).toBeNull();
    expect((await api.backups.list({})).map(({ reason }) => reason)).toEqual(['promote']);
    await waitFor(() => expect(screen.getAllByRole('rowheader')).toHaveLength(1));
    await hands.click(
      within(told.closest('[role=alert]') as HTMLElement).getByRole('button', { name: 'Undo' }),
    );
    await waitFor(async () => expect(await sizeOf('t3')).toBe(7));
  });

  it.each(['Esc', 'X'])('gives a promotion up when its dialog is closed by %s', async (way) => {
    const { hands, workspace } = await open();
    const power = within(await waitFor(() => rowOf(/^Conflict: Power/)));
    await hands.click(power.getByRole('button', { name: 'Use sandbox: Size of “Power”' }));
    await hands.click(screen.getByRole('button', { name: /^Promote \d+ records?…$/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Promote “Spring” to live?' });
    const yes = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Promote' });
    await waitFor(() => expect(yes.disabled).toBe(false));
    fireEvent.click(yes);
    if (way === 'X') fireEvent.click(dialog.querySelector('.mantine-Modal-close') as HTMLElement);
    else fireEvent.keyDown(document.activeElement ?? dialog, { key: 'Escape', code: 'Escape' });
    await behind(clientOf(workspace.core));
    expect(await sizeOf('t3')).toBe(7);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('explains an empty selection, and resolves all conflicts for one side', async () => {
    const { hands } = await open();
    await waitFor(() => rowOf(/Optics/));
    await hands.click(screen.getByRole('button', { name: 'Conflicts (1)' }));
    await waitFor(() => expect(screen.getAllByRole('rowheader')).toHaveLength(1));
    await hands.click(screen.getByRole('button', { name: /^Promote \d+ records?…$/ }));
    const asked = within(await screen.findByRole('dialog', { name: 'Promote “Spring” to live?' }));
    await asked.findByText('1 conflict to resolve');
    await hands.click(asked.getByRole('radio', { name: 'Use live for all' }));
    await asked.findByText('1 record with a conflict stays unchanged.');
    await hands.click(asked.getByRole('button', { name: 'Promote' }));
    await screen.findByText('3 records promoted from “Spring”');
    expect(await sizeOf('t3')).toBe(7);
  });
});
