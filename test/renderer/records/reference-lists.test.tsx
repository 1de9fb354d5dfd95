import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { navigate } from '#renderer/stores/address.ts';
import { draftKeyOf, setDraftField } from '#renderer/stores/drafts.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf, listWithRecord } from '#shared/address/view.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { findReferences, planPaste } from '#renderer/features/records/sheet/paste-plan.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { OpenPanel, make } from './panel-hands.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

async function linkOf(bearers: readonly ('Mia' | 'Ole')[]) {
  await serveCore();
  const [from, to] = [await make('team', { name: 'Avionics' }), await make('team', { name: 'Thermal' })];
  const people = { Mia: await make('student', { name: 'Mia' }), Ole: await make('faculty', { name: 'Ole' }) };
  const ids = bearers.map((name) => people[name].id);
  const link = await make('interface', {
    from: from.id,
    to: to.id,
    bond_type: 'codified-moderate',
    ...(ids.length > 0 ? { bearers: ids } : {}),
  });
  const stored = async () => (await api.entities.get({ type: 'interface', id: link.id })).payload.bearers;
  return { link, people, stored };
}

it('the form of a link adds and removes people, and explains an empty list', async () => {
  const { link, people, stored } = await linkOf(['Mia']);
  navigate(listWithRecord('interface', link.id));
  const { hands } = draw(<OpenPanel />);
  expect(await screen.findByText(/if the whole team does/)).toBeTruthy();
  const list = await screen.findByRole('list', { name: 'Carried by' });
  await within(list).findByText('Mia');
  await hands.click(screen.getByRole('textbox', { name: 'Carried by' }));
  await hands.keyboard('Ole');
  await hands.click(await screen.findByRole('option', { name: /Ole/ }));
  await waitFor(async () => expect(await stored()).toEqual([people.Mia.id, people.Ole.id]));
  await hands.click(screen.getByRole('button', { name: 'Remove Mia' }));
  await waitFor(async () => expect(await stored()).toEqual([people.Ole.id]));
  await hands.click(screen.getByRole('button', { name: 'Remove Ole' }));
  await waitFor(async () => expect(await stored()).toBeNull());
});

it('the form hides deleted people, and keeps them in the list', async () => {
  const { link, people, stored } = await linkOf(['Mia', 'Ole']);
  await api.entities.remove({ type: 'student', id: people.Mia.id });
  navigate(listWithRecord('interface', link.id));
  const { hands } = draw(<OpenPanel />);
  const list = await screen.findByRole('list', { name: 'Carried by' });
  await within(list).findByText('Ole');
  expect(within(list).queryByText('Mia')).toBeNull();
  await hands.click(screen.getByRole('button', { name: 'Remove Ole' }));
  await waitFor(async () => expect(await stored()).toEqual([people.Mia.id]));
});

it('an empty documented share shows the usual one of the bond, also in the form of a new link', async () => {
  const { link } = await linkOf([]);
  navigate(listWithRecord('interface', link.id));
  draw(<OpenPanel />);
  expect(await screen.findByPlaceholderText('usually 60')).toBeTruthy();
  setDraftField(draftKeyOf.new('interface'), 'bond_type', 'institutional-weak');
  act(() => navigate({ ...listOf('interface'), panel: { kind: 'new' } }));
  await screen.findByRole('button', { name: 'Create link' });
  expect(await screen.findByPlaceholderText('usually 20')).toBeTruthy();
});

/** The plan of a paste of one cell into the field of a record. */
async function planCell(record: EntityRecord, key: string, text: string) {
  const column = columnsOf(record.type, false).find((one) => one.key === key);
  const field = column?.field as Field;
  return planPaste({
    type: record.type,
    lines: [[text]],
    columns: [column],
    records: [record],
    createsRecords: false,
    filters: [],
    university: null,
    references: await findReferences([{ field, text }]),
    refusalOf: () => null,
  });
}

it('a pasted cell names several records, each resolved by name', async () => {
  const { people } = await linkOf([]);
  const record = await make('student', { name: 'Eva' });
  const { id: power } = await make('team', { name: 'Power; Harness' });
  const { id: ground } = await make('team', { name: 'Ground' });
  const plan = (text: string) => planCell(record, 'other_team_ids', text);
  expect((await plan('Ground; "Power; Harness"; ground')).cells).toMatchObject([{ value: [ground, power] }]);
  expect((await plan('')).cells).toMatchObject([{ value: null }]);
  expect((await plan(`Ground; ${people.Mia.title}`)).problems).toHaveLength(1);
});

it('a pasted cell keeps deleted records in the list', async () => {
  const { link, people } = await linkOf(['Mia', 'Ole']);
  await api.entities.remove({ type: 'student', id: people.Mia.id });
  const record = await api.entities.get({ type: 'interface', id: link.id });
  const plan = (text: string) => planCell(record, 'bearers', text);
  expect((await plan('Ole')).cells).toMatchObject([{ value: [people.Ole.id, people.Mia.id] }]);
  expect((await plan('')).cells).toMatchObject([{ value: [people.Mia.id] }]);
});
