import { describe, expect, test } from 'vitest';
import type { EntityType } from '#shared/domain/types.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

async function world(): Promise<{ ada: Client; workspace: Awaited<ReturnType<typeof testWorkspace>> }> {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const make = (type: EntityType, id: string, data: Record<string, unknown>): Promise<unknown> =>
    ada.entities.create({ type, id, data: data as Record<string, string> });
  await make('university', 'u', { name: 'Ångström' });
  await make('team', 't1', { name: 'Power', university_id: 'u' });
  await make('team', 't2', { name: 'power and harness' });
  await make('faculty', 'f', { name: 'Dr Power' });
  await make('risk-factor', 'r', { factor_name: 'power_loss' });
  await make('outcome', 'o', { outcome_type: 'mission_success' });
  await make('interface', 'l1', { from: 't1', to: 'f', bond_type: 'codified-strong' });
  await make('interface', 'l2', { from: 't2', to: 't1', bond_type: 'fragile-temporary' });
  return { ada, workspace };
}

describe('titles', () => {
  test('a record is named by its name, an interface by its ends', async () => {
    const { ada } = await world();
    const title = async (id: string): Promise<string> => (await ada.entities.find({ id })).title;
    expect(await title('u')).toBe('Ångström');
    expect(await title('r')).toBe('power_loss');
    expect(await title('o')).toBe('mission_success');
    expect(await title('l1')).toBe('Power → Dr Power');
  });

  test('parallel links are told apart by the beginning of their descriptions', async () => {
    const { ada } = await world();
    const description = `Telemetry format\nand the ${'long '.repeat(20)}rest`;
    const link = { type: 'interface', id: 'l3', data: { from: 't1', to: 'f', description } } as const;
    const { record: created } = await ada.entities.create(link);
    const title = `Power → Dr Power · Telemetry format and the ${'long '.repeat(7)}`.trimEnd();
    expect(created.title.slice(0, title.length)).toBe(title);
    expect(created.title).toMatch(/…$/);
    expect((await ada.entities.find({ id: 'l3' })).title).toBe(created.title);
    const { rows } = await ada.entities.list({ type: 'interface' });
    expect(rows.map((row) => row.title)).toContain(created.title);
    const comment = { type: 'comment', data: { record_id: 'l3', text: 'Which one?' } } as const;
    const { record } = await ada.entities.create(comment);
    expect(record.derived).toMatchObject({ record_title: created.title });
    const { edges } = await ada.network.graph({ types: ['team', 'faculty'] });
    expect(edges.description[edges.id.indexOf('l3')]).toBe(created.title.slice('Power → Dr Power · '.length));
    expect(edges.description[edges.id.indexOf('l1')]).toBeNull();
  });

  test('a renamed or deleted end keeps the interface’s title correct', async () => {
    const { ada } = await world();
    await ada.entities.update({ type: 'team', id: 't1', data: { name: 'Energy' } });
    expect((await ada.entities.find({ id: 'l1' })).title).toBe('Energy → Dr Power');
    await ada.entities.remove({ type: 'team', id: 't1' });
    expect((await ada.entities.find({ id: 'l1' })).title).toBe('Energy → Dr Power');
    expect((await ada.entities.list({ type: 'interface' })).rows).toEqual([]);
  });

  test('an outcome without a type and an end without a name are called by their ids', async () => {
    const { ada } = await world();
    await ada.entities.create({ type: 'outcome', id: 'o2', data: {} });
    await ada.entities.create({ type: 'interface', id: 'l3', data: { from: 'o2', to: 'u' } });
    expect((await ada.entities.find({ id: 'o2' })).title).toBe('');
    expect((await ada.entities.find({ id: 'l3' })).title).toBe('o2 → Ångström');
  });
});

describe('looking up possible references of a field', () => {
  const ids = async (client: Client, types: EntityType[], text: string, limit = 20): Promise<string[]> =>
    (await client.entities.lookup({ types, text, limit })).map(({ id }) => id);

  test('those that begin with the text come first, ignoring case', async () => {
    const { ada } = await world();
    expect(await ids(ada, ['team', 'faculty', 'risk-factor'], 'POWER')).toEqual(['t1', 't2', 'r', 'f']);
    expect(await ids(ada, ['faculty'], 'power')).toEqual(['f']);
    expect(await ids(ada, ['university'], 'angst')).toEqual(['u']);
    expect(await ids(ada, ['team'], '', 1)).toEqual(['t1']);
    expect(await ids(ada, ['team'], '%')).toEqual([]);
  });

  test('it follows every change, by whomever, and knows no deleted records', async () => {
    const { ada, workspace } = await world();
    expect(await ids(ada, ['team'], 'power')).toEqual(['t1', 't2']);
    const other = await workspace.another();
    await other.client(other.session()).entities.remove({ type: 'team', id: 't1' });
    expect(await ids(ada, ['team'], 'power')).toEqual(['t2']);
    await ada.history.nextSteps({});
    await other.client(other.session()).history.undo({});
    await ada.entities.update({ type: 'team', id: 't2', data: { name: 'Harness' } });
    expect(await ids(ada, ['team'], 'power')).toEqual(['t1']);
    expect(await ids(ada, ['team'], 'harness')).toEqual(['t2']);
    await ada.entities.create({ type: 'team', id: 't3', data: { name: 'More power' } });
    expect(await ids(ada, ['team'], 'power')).toEqual(['t1', 't3']);
  });
});

describe('the interfaces of a record', () => {
  test('come with the record at the other end, most fragile first', async () => {
    const { ada } = await world();
    const { total, rows } = await ada.entities.links({ id: 't1' });
    expect(total).toBe(2);
    expect(rows.map(({ link, direction, other }) => [link.id, direction, other?.title])).toEqual([
      ['l2', 'in', 'power and harness'],
      ['l1', 'out', 'Dr Power'],
    ]);
    expect(await ada.entities.links({ id: 't1', limit: 1 })).toMatchObject({ total: 2, rows: { length: 1 } });
  });

  test('are counted with the record, live ones only', async () => {
    const { ada } = await world();
    const links = async (): Promise<unknown> => (await ada.entities.find({ id: 't1' })).derived;
    expect(await links()).toMatchObject({ links: 2 });
    await ada.entities.remove({ type: 'interface', id: 'l1' });
    expect(await links()).toMatchObject({ links: 1 });
    expect((await ada.entities.links({ id: 't1' })).total).toBe(1);
    expect(await ada.entities.links({ id: 'nobody' })).toEqual({ total: 0, rows: [] });
  });
});
