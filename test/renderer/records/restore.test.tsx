import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { restoreRecords } from '#renderer/features/records/data/restore.ts';
import { navigate } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { takeStep } from '#renderer/stores/undo.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { listWithRecord } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { OpenPanel, make } from './panel-hands.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

/** A link from Power to Thermal that is deleted, as is Thermal since. */
async function deletedLink(): Promise<EntityRecord> {
  await serveCore();
  const [power, thermal] = [await make('team', { name: 'Power' }), await make('team', { name: 'Thermal' })];
  const { id } = await make('interface', { from: power.id, to: thermal.id });
  await api.entities.remove({ type: 'interface', id });
  await api.entities.remove({ type: 'team', id: thermal.id });
  return await api.entities.get({ type: 'interface', id });
}

describe('a deleted university', () => {
  /** With a team and a student of it, and a link between them. */
  async function university(): Promise<EntityRecord> {
    await serveCore();
    const { id } = await make('university', { name: 'Summit' });
    const team = await make('team', { name: 'Power', university_id: id });
    const student = await make('student', { name: 'Ann', university_id: id });
    await make('interface', { from: team.id, to: student.id });
    return await api.entities.get({ type: 'university', id });
  }

  it('is restored with its dependants, as the notice says', async () => {
    const { id } = await university();
    await api.entities.remove({ type: 'university', id, with_contents: true });
    navigate(listWithRecord('university', id));
    draw(<OpenPanel />);
    await screen.findByText(/You can restore it with its links/);
    await act(async () => {
      await restoreRecords([await api.entities.get({ type: 'university', id })]);
    });
    await screen.findByText('Restored “Summit”, 1 team, 1 student and 1 link');
    expect(await api.entities.counts({})).toMatchObject({ universities: 1, teams: 1, students: 1 });
    await act(() => takeStep('undo'));
    expect(await api.entities.counts({})).toMatchObject({ universities: 0, teams: 0, students: 0 });
  });
});

describe('a deleted link whose end is deleted', () => {
  it('is refused with the reason, and restored with its end in one step', async () => {
    const link = await deletedLink();
    const { hands } = draw(<p>Behind</p>);
    await act(() => restoreRecords([link]));
    await screen.findByText('Could not restore “Power → Thermal”');
    expect(screen.getByText('“Thermal” (To) is deleted: restore it first.')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/team_\w+-/);
    await hands.click(screen.getByRole('button', { name: 'Restore all' }));
    await screen.findByText('Restored “Power → Thermal” and “Thermal”');
    expect(await api.entities.counts({})).toMatchObject({ teams: 2, interfaces: 1 });
    await act(() => takeStep('undo'));
    expect(await api.entities.counts({})).toMatchObject({ teams: 1, interfaces: 0 });
  });
});
