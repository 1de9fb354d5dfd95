import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { getDraft, draftKeyOf } from '#renderer/stores/drafts.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { OpenPanel, openTeam } from './panel-hands.tsx';

/** Writes so much that whatever is written next has to wait for it. */
function holdUp(): Promise<unknown> {
  const other = { kind: 'create', type: 'team', data: { name: 'Other' } } as const;
  return api.entities.applyChanges({ changes: Array.from({ length: 2000 }, () => other) });
}

beforeEach(() => useSeat.setState({ items: {} }));

describe('the panel of a record', () => {
  it('saves a field on blur, which is in the history', async () => {
    const { hands, stored } = await openTeam({ size: 4 });
    const size = await screen.findByRole('textbox', { name: 'Size' });
    await hands.clear(size);
    await hands.type(size, '6');
    await hands.tab();
    await waitFor(async () => expect((await stored()).size).toBe(6));
    await hands.click(screen.getByRole('tab', { name: /History/ }));
    const panel = await screen.findByRole('tabpanel');
    await waitFor(() => expect(within(panel).getByText('6 people')).toBeTruthy());
    expect(within(panel).getAllByText('4 people').length).toBeGreaterThan(0);
  });

  it('shows a problem at its field, keeps the input, and Esc reverts it', async () => {
    const { hands, id } = await openTeam({ size: 4 });
    const size = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Size' });
    await hands.clear(size);
    await hands.type(size, '0{Enter}');
    expect(await screen.findByText('Must be at least 1')).toBeTruthy();
    expect(getDraft(draftKeyOf.record(id))).toEqual({ size: '0' });
    await hands.type(size, '{Escape}');
    await waitFor(() => expect(size.value).toBe('4'));
    expect(getDraft(draftKeyOf.record(id))).toEqual({});
  });

  /** A team whose name is being saved, held up by what is written before it. */
  async function heldUp() {
    const { hands, id, stored } = await openTeam({});
    const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' });
    const busy = holdUp();
    await hands.type(name, ' control{Enter}');
    const storedName = async () => (await stored()).name;
    expect(await storedName()).toBe('Thermal');
    const changes = async () => (await api.history.ofRecord({ id })).total - 1;
    return { hands, name, busy, storedName, changes, draft: () => getDraft(draftKeyOf.record(id)) };
  }

  it('keeps further typing while the field is being saved', async () => {
    const { hands, name, busy, storedName, draft } = await heldUp();
    await hands.type(name, ' and power');
    await busy;
    await waitFor(async () => expect(await storedName()).toBe('Thermal control'));
    await screen.findByLabelText('Saved');
    expect(name.value).toBe('Thermal control and power');
    expect(draft()).toEqual({ name: 'Thermal control and power' });
    await hands.tab();
    await waitFor(async () => expect(await storedName()).toBe('Thermal control and power'));
    expect(draft()).toEqual({});
  });

  it('saves the last input, even if equal to the original, and reports no conflict', async () => {
    const { hands, name, busy, storedName, changes, draft } = await heldUp();
    await hands.type(name, ' and power{Enter}');
    await hands.clear(name);
    await hands.type(name, 'Thermal');
    await hands.tab();
    expect(draft()).toEqual({ name: 'Thermal' });
    await busy;
    await waitFor(async () => expect(await changes()).toBe(3));
    await waitFor(() => expect(draft()).toEqual({}));
    expect([await storedName(), name.value]).toEqual(['Thermal', 'Thermal']);
    expect(screen.queryByText(/was also changed by someone else/)).toBeNull();
  });

  it('reports that somebody else changed the field meanwhile, and restores their value', async () => {
    const { workspace, hands, id, stored } = await openTeam({ size: 9 });
    const size = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Size' });
    await hands.clear(size);
    await hands.type(size, '20');
    await workspace.as().entities.update({ type: 'team', id, data: { size: 13, experience: 5 } });
    // Their other field tells that theirs has arrived.
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Experience' }).value).toBe('5'),
    );
    expect(size.value).toBe('20');
    await hands.tab();
    expect(await screen.findByText('Size was also changed by someone else')).toBeTruthy();
    expect(screen.getByText(/had set it to “13 people”; your value is saved/)).toBeTruthy();
    expect((await stored()).size).toBe(20);
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(async () => expect((await stored()).size).toBe(13));
  });
});

describe('the form of a new record', () => {
  it('names missing required fields, and opens the created record', async () => {
    await serveCore();
    navigate({ ...listOf('team'), panel: { kind: 'new' } });
    const { hands } = draw(<OpenPanel />);
    const create = await screen.findByRole('button', { name: 'Create team' });
    expect((create as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText('Required: Name.')).toBeTruthy();
    await hands.type(screen.getByRole('textbox', { name: 'Name' }), 'Thermal');
    await waitFor(() => expect((create as HTMLButtonElement).disabled).toBe(false));
    await hands.click(create);
    await waitFor(() => expect(currentAddress().view).toMatchObject({ panel: { kind: 'record' } }));
    const { rows } = await api.entities.list({ type: 'team' });
    expect(rows.map((row) => row.payload)).toEqual([{ name: 'Thermal' }]);
    expect(getDraft(draftKeyOf.new('team'))).toEqual({});
  });

  it('warns of a record of the same name, and creates it all the same', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Thermal', university_id: null } });
    navigate({ ...listOf('team'), panel: { kind: 'new' } });
    const { hands } = draw(<OpenPanel />);
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await hands.type(name, 'Therma');
    expect(screen.queryByText(/already exists/)).toBeNull();
    await hands.type(name, 'l');
    expect(await screen.findByText(/^Possible duplicate: a team with this name already exists/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Create team' }));
    await waitFor(async () => expect((await api.entities.list({ type: 'team' })).matched).toBe(2));
  });
});
