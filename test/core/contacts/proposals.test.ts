import { expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const { entities, workspace: people } = workspace.as();
  await entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  await entities.create({ type: 'university', id: 'far', data: { name: 'Redwood' } });
  for (const id of ['power', 'radio', 'orbit'])
    await entities.create({ type: 'team', id, data: { name: id, university_id: 'uni' } });
  await entities.create({ type: 'faculty', id: 'lin', data: { name: 'Lin', university_id: 'uni' } });
  for (const [id, team] of [
    ['ada', 'power'],
    ['ben', 'power'],
    ['cy', 'radio'],
    ['dee', 'radio'],
    ['eve', null],
  ] as const)
    await entities.create({
      type: 'student',
      id,
      data: { name: id, university_id: 'uni', team_id: team },
    });
  await people.createProfile({ name: 'Edi', role: 'editor', university_id: 'far' });
  await people.createProfile({ name: 'Vi', role: 'viewer' });
});

let made = 0;
async function meet(client: Client, who: string[], others: string[], ...dates: string[]): Promise<void> {
  for (const date of dates)
    await client.entities.create({
      type: 'contact',
      id: `contact_${made++}`,
      data: { date, kind: 'meeting', who, with: others },
    });
}
const link = (client: Client, id: string, from: string, to: string, data: object = {}) =>
  client.entities.create({ type: 'interface', id, data: { from, to, ...data } });

test('regular contacts propose a missing link with its bearers, and few contacts propose nothing', async () => {
  const client = (await testWorkspace({ template })).as();
  await meet(client, ['ada'], ['cy'], '2025-01-05', '2025-02-05', '2025-03-05 10:00', '2025-04-05');
  await meet(client, ['ben'], ['orbit'], '2025-01-05', '2025-02-05');
  await meet(client, ['eve'], ['orbit'], '2025-01-05');
  await meet(client, ['ada'], ['ben'], '2025-01-05', '2025-01-06', '2025-01-07');
  await meet(client, ['ada'], ['cy'], 'some day');
  const { proposals, ...read } = await client.contacts.proposals({});
  expect(read).toMatchObject({
    period: { from: '2025-01-05', to: '2025-04-05', months: 4 },
    contacts: 11,
    used: 6,
    undated: 1,
    upcoming: 0,
  });
  expect(proposals).toMatchObject([
    {
      link: null,
      from: { id: 'power' },
      to: { id: 'radio' },
      contacts: 4,
      repeated: 4,
      expected: 0,
      months: 4,
      strength: { before: null, after: { bond: 'institutional-weak', loss: 35 } },
      bearers: [
        { id: 'ada', contacts: 4, isNew: true },
        { id: 'cy', contacts: 4, isNew: true },
      ],
    },
  ]);
});

test('an existing link gets further bearers and a stronger bond; a codified or better one stays', async () => {
  const client = (await testWorkspace({ template })).as();
  await link(client, 'fragile', 'radio', 'power', {
    bond_type: 'fragile-temporary',
    energy_loss: 60,
    bearers: ['dee'],
  });
  await link(client, 'codified', 'power', 'orbit', { bond_type: 'codified-strong', energy_loss: 5 });
  await link(client, 'measured', 'radio', 'lin', { bond_type: 'fragile-temporary', energy_loss: 30 });
  const monthly = ['2025-01-05', '2025-02-05', '2025-03-05'];
  await meet(client, ['ada'], ['cy'], ...monthly);
  await meet(client, ['power'], ['orbit'], ...monthly);
  await meet(client, ['lin'], ['radio'], ...monthly);
  const { proposals, head } = await client.contacts.proposals({});
  expect(proposals).toMatchObject([
    {
      key: 'fragile',
      strength: {
        before: { bond: 'fragile-temporary', loss: 60 },
        after: { bond: 'institutional-weak', loss: 35 },
      },
      bearers: [
        { id: 'dee', contacts: 0, isNew: false },
        { id: 'ada', contacts: 3, isNew: true },
        { id: 'cy', contacts: 3, isNew: true },
      ],
    },
  ]);
  const applied = await resultOf(await client.contacts.applyProposals({ keys: ['fragile'], seen: head }));
  expect(applied).toMatchObject({ updated: { interfaces: 1 }, problems: [] });
  expect((await client.entities.get({ type: 'interface', id: 'fragile' })).payload).toMatchObject({
    bond_type: 'institutional-weak',
    energy_loss: 35,
    bearers: ['dee', 'ada', 'cy'],
  });
  expect((await client.contacts.proposals({})).proposals).toEqual([]);
});

test('applying is one change that undo takes back; a dry run writes nothing', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await meet(client, ['ada'], ['cy'], '2025-01-05', '2025-02-05', '2025-03-05', '2025-04-05');
  const before = hashTables(workspace.files.live);
  expect(await resultOf(await client.contacts.applyProposals({ dry: true }))).toMatchObject({
    op_id: null,
    created: { interfaces: 1 },
  });
  expect(hashTables(workspace.files.live)).toEqual(before);
  const { op_id } = await resultOf(await client.contacts.applyProposals({}));
  expect(op_id).not.toBeNull();
  expect((await client.contacts.proposals({})).proposals).toEqual([]);
  await client.history.undo({});
  expect((await client.contacts.proposals({})).proposals).toHaveLength(1);
});

test('is refused to viewers, other universities, and if the link was changed meanwhile', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await link(client, 'l', 'power', 'radio', { bond_type: 'fragile-temporary' });
  await meet(client, ['ada'], ['cy'], '2025-01-05', '2025-02-05', '2025-03-05');
  for (const name of ['Edi', 'Vi'])
    expect(
      await refused('FORBIDDEN', resultOf(await workspace.as(name).contacts.applyProposals({}))),
    ).toBeDefined();
  const { head } = await client.contacts.proposals({});
  await client.entities.update({ type: 'interface', id: 'l', data: { documented: 10 } });
  await refused('MOVED_ON', resultOf(await client.contacts.applyProposals({ keys: ['l'], seen: head })));
  await refused('MOVED_ON', resultOf(await client.contacts.applyProposals({ keys: ['gone'] })));
});

test('people who left are no bearers, planned contacts do not count, and large meetings are ignored', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.update({ type: 'student', id: 'ada', data: { active: false } });
  await meet(client, ['ada'], ['cy'], '2025-01-05', '2025-02-05', '2025-03-05', '2025-03-06');
  const teams = Array.from({ length: 9 }, (_, at) => `t${at}`);
  for (const id of teams)
    await client.entities.create({ type: 'team', id, data: { name: id, university_id: 'uni' } });
  await meet(client, teams, [], '2025-01-06', '2025-02-06', '2025-03-06');
  await meet(client, ['ada'], ['orbit'], '2206-01-05', '2206-02-05', '2206-03-05');
  const { proposals, upcoming, period } = await client.contacts.proposals({});
  expect([upcoming, period?.to]).toEqual([3, '2025-03-06']);
  expect(proposals).toMatchObject([{ to: { id: 'radio' }, bearers: [{ id: 'cy', contacts: 4 }] }]);
});

test('a missing link needs repeated contacts of the same people, and more than by chance', async () => {
  const client = (await testWorkspace({ template })).as();
  const days = ['2025-01-05', '2025-02-05', '2025-03-05', '2025-04-05', '2025-05-05'];
  // Everybody meets everybody.
  for (const [one, other] of [
    ['power', 'radio'],
    ['power', 'orbit'],
    ['radio', 'orbit'],
  ] as const)
    await meet(client, [one], [other], ...days);
  expect((await client.contacts.proposals({})).proposals).toEqual([]);
  await meet(client, ['ada'], ['cy'], ...days);
  const pairs = async () =>
    (await client.contacts.proposals({})).proposals.map(({ from, to, repeated, expected }) => {
      return { from: from.id, to: to.id, repeated, expected };
    });
  const standOut = [{ from: 'power', to: 'radio', repeated: 10, expected: 5 }];
  expect(await pairs()).toEqual(standOut);
  // Four contacts, but never the same two people twice.
  await meet(client, ['ada'], ['lin'], days[0] as string);
  await meet(client, ['ben'], ['lin'], days[1] as string);
  await meet(client, ['power'], ['lin'], days[2] as string, days[3] as string);
  expect(await pairs()).toEqual(standOut);
});
