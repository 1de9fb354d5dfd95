import { describe, expect, test } from 'vitest';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const open = async (): Promise<Client> => (await testWorkspace({ template })).as();
const update = (id: string, data: JsonObject, unset: string[] = []): FieldChange => ({
  kind: 'update',
  type: 'team',
  id,
  data,
  unset,
});

/** What the label of the newest change says of values. */
async function told(ada: Client): Promise<JsonObject> {
  const { was, became } = (await ada.history.list({ limit: 1 })).rows[0]?.params ?? {};
  return { ...(was === undefined ? {} : { was }), ...(became === undefined ? {} : { became }) };
}

async function edited(ada: Client, data: JsonObject, unset: string[] = []): Promise<JsonObject> {
  const which = { kind: 'ids' as const, ids: ['team-a', 'team-b'] };
  for await (const _ of await ada.entities.setFields({ type: 'team', which, data, unset })) continue;
  return told(ada);
}

async function changed(ada: Client, ...changes: FieldChange[]): Promise<JsonObject> {
  await ada.entities.applyChanges({ changes });
  return told(ada);
}

describe('the label of one change of many records', () => {
  test('has the common old and new value of a field', async () => {
    const ada = await open();
    expect(await edited(ada, { stage: 'Build' })).toEqual({ was: null, became: 'Build' });
    expect(await edited(ada, { stage: 'Test' })).toEqual({ was: 'Build', became: 'Test' });
    expect(await edited(ada, {}, ['stage'])).toEqual({ was: 'Test', became: null });
    expect(await changed(ada, update('team-a', { size: 8 }), update('team-b', { size: 8 }))).toEqual({
      was: 5,
      became: 8,
    });
  });

  test('leaves out differing values, and several fields', async () => {
    const ada = await open();
    expect(await changed(ada, update('team-a', { size: 7 }), update('team-b', { size: 8 }))).toEqual({
      was: 5,
    });
    expect(await edited(ada, { size: 9 })).toEqual({ became: 9 });
    expect(await edited(ada, { size: 4, experience: 4 })).toEqual({});
    expect(await changed(ada, update('team-a', { size: 1 }), update('team-b', {}, ['experience']))).toEqual(
      {},
    );
  });
});
