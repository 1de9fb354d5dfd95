import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxFields, maxRecordBytes } from '#shared/domain/limits.ts';
import { locateRecord } from '#core/log/records/locate.ts';
import { refused } from '#test/support/refusal.ts';
import { bringText, tryText } from './sheet/support.ts';
import { importFile, workspaceForEach } from './workspace.ts';

const workspace = workspaceForEach();

const long = 'x'.repeat(2 * maxRecordBytes);
const half = 'x'.repeat(maxRecordBytes / 2);
const manyFields = Object.fromEntries(Array.from({ length: maxFields + 5 }, (_, at) => [`f${at}`, at]));

const create = (data: Record<string, string | number>) =>
  workspace.client.entities.create({ type: 'team', data: { name: 'Solar', ...data } });
const payloadOf = async (id: string) => (await workspace.client.entities.get({ type: 'team', id })).payload;

/** Makes a record as FRAMES could before it had limits. */
async function makeLarge(fields: JsonObject): Promise<string> {
  const { id } = (await create({ notes: 'short' })).record;
  const { core } = workspace;
  await core.services.queue.command(core.session(), ({ db, records }) => {
    const record = locateRecord(db, id);
    if (record) records.replace(record, { ...record.payload, ...fields });
  });
  return id;
}

describe('a record', () => {
  test('of more than a megabyte is refused by field and size', async () => {
    const { data, message } = await refused('INVALID', create({ notes: long, short: 'a' }));
    expect(data).toMatchObject({ issues: [{ path: 'notes', code: 'record_too_large' }] });
    expect(message).toContain('2,049 kB');
  });

  test('is refused if it grows beyond the limit', async () => {
    const { id } = (await create({ one: half })).record;
    const grown = workspace.client.entities.update({ type: 'team', id, data: { two: half } });
    expect((await refused('INVALID', grown)).data).toMatchObject({ issues: [{ code: 'record_too_large' }] });
  });

  test('of more than a thousand fields is refused', async () => {
    expect((await refused('INVALID', create(manyFields))).data).toMatchObject({
      issues: [{ code: 'too_big' }],
    });
  });

  test('that is larger than the limit since earlier can be read, edited and deleted, but does not grow', async () => {
    const id = await makeLarge({ notes: long });
    expect((await payloadOf(id))['notes']).toHaveLength(long.length);
    const grown = workspace.client.entities.update({ type: 'team', id, data: { name: 'A longer name' } });
    expect((await refused('INVALID', grown)).data).toMatchObject({ issues: [{ path: 'notes' }] });
    await workspace.client.entities.update({ type: 'team', id, data: { name: 'Other' } });
    await workspace.client.entities.remove({ type: 'team', id });
    await workspace.client.history.undo({});
    await workspace.client.entities.update({ type: 'team', id, data: { notes: 'short' } });
    expect((await payloadOf(id))['notes']).toBe('short');
  });

  test('with more fields than the limit since earlier can be edited, one field at a time', async () => {
    const id = await makeLarge(manyFields);
    const update = (data: Record<string, string>, unset: string[] = []) =>
      workspace.client.entities.update({ type: 'team', id, data, unset });
    expect((await refused('INVALID', update({ another: 'x' }))).data).toMatchObject({
      issues: [{ code: 'too_big' }],
    });
    await update({ name: 'A longer name', f1: 'changed' });
    await update({}, ['f0']);
    // An import changes its fields too, and leaves out new ones.
    const teams = [{ id, name: 'Imported', another: 'x' }];
    const { result } = await importFile(workspace, workspace.put({ teams }), { backup: false, force: true });
    expect(result.report.notices).toMatchObject([
      { code: 'too_many_fields', where: { attribute: 'another' } },
    ]);
    expect(await payloadOf(id)).toMatchObject({ name: 'Imported', f1: 'changed' });
  });
});

describe('an import', () => {
  const imported = { code: 'value_too_large', count: 1, where: { attribute: 'extra' } };

  test('of records leaves out a value that is too large, and names record, field and size', async () => {
    const teams = [{ id: 'team_a', name: 'Solar', extra: long, size: 4 }];
    const { result } = await importFile(workspace, workspace.put({ teams }));
    expect(result.report.notices).toMatchObject([
      { ...imported, params: { record: 'Solar', kilobytes: 2049 } },
    ]);
    const payload = await payloadOf('team_a');
    expect(payload).toMatchObject({ name: 'Solar', size: 4 });
    expect(payload).not.toHaveProperty('extra');
  });

  test('leaves out fields after the thousandth', async () => {
    const teams = [{ id: 'team_a', name: 'Solar', ...manyFields }];
    const { result } = await importFile(workspace, workspace.put({ teams }));
    expect(result.report.notices.map(({ code }) => code)).toEqual(Array(6).fill('too_many_fields'));
    expect(Object.keys(await payloadOf('team_a'))).toHaveLength(maxFields);
  });

  test('keeps the value that an existing record has', async () => {
    await importFile(workspace, workspace.put({ teams: [{ id: 'team_a', name: 'Solar', extra: 'short' }] }));
    const teams = [{ id: 'team_a', name: 'Solar 2', extra: long }];
    await importFile(workspace, workspace.put({ teams }), { force: true });
    expect(await payloadOf('team_a')).toMatchObject({ name: 'Solar 2', extra: 'short' });
  });

  test('of a graph leaves it out too', async () => {
    const graph = `graph [ node [ id 1 label "Solar" type "team" extra "${long}" ] ]`;
    const { result } = await importFile(workspace, workspace.put(graph, 'graph.gml'));
    expect(result.report.notices).toMatchObject([imported]);
  });

  test('of a table names the row', async () => {
    const columns = Array.from({ length: 60 }, (_, at) => `extra ${at}`);
    const text = `Name;${columns.join(';')}\nSolar;${columns.map(() => 'x'.repeat(20_000)).join(';')}\n`;
    const { report } = await bringText(workspace, text);
    expect(report.notices.length).toBeGreaterThan(0);
    for (const notice of report.notices)
      expect(notice).toMatchObject({
        code: 'value_too_large',
        where: { line: 2 },
        params: { record: 'Solar' },
      });
  });

  test('of a table reports a text that is cut', async () => {
    const { problems } = (await tryText(workspace, `Name;extra\nSolar;${'x'.repeat(30_000)}\n`)).preview;
    expect(problems).toMatchObject([{ code: 'out_of_range', action: 'converted' }]);
  });
});
