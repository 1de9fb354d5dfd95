import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const link = { type: 'interface', id: 'link' } as const;

const start = async (data: JsonObject): Promise<Client> => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.update({ ...link, data });
  return ada;
};

async function lossAfter(ada: Client, data: JsonObject): Promise<unknown> {
  return (await ada.entities.update({ ...link, data })).record.payload.energy_loss;
}

describe('the loss of a link follows its bond', () => {
  test.each([
    { bond_type: 'institutional-weak', energy_loss: 35 },
    { bond_type: 'institutional-weak', energy_loss: null },
    { bond_type: null, energy_loss: null },
  ])('from the default of the bond, and from none: %o', async (data) => {
    const ada = await start(data);
    expect(await lossAfter(ada, { bond_type: 'codified-strong' })).toBe(5);
    expect(await lossAfter(ada, { bond_type: 'fragile-temporary' })).toBe(60);
    await ada.history.undo({ on_conflict: 'ask' });
    expect((await ada.entities.get(link)).payload).toMatchObject({
      bond_type: 'codified-strong',
      energy_loss: 5,
    });
  });

  test('in a change of several records', async () => {
    const ada = await start({ bond_type: 'codified-strong', energy_loss: 5 });
    const data = { bond_type: 'codified-moderate' };
    await ada.entities.applyChanges({ changes: [{ kind: 'update', ...link, data }] });
    expect((await ada.entities.get(link)).payload.energy_loss).toBe(15);
  });
});

describe('the loss of a link stays', () => {
  test.each([
    ['if it was stated', { bond_type: 'institutional-weak', energy_loss: 22 }, 'codified-strong', 22],
    ['if it was stated without a bond', { bond_type: null, energy_loss: 35 }, 'codified-strong', 35],
    ['if the new bond is unknown', { bond_type: 'codified-strong', energy_loss: 5 }, 'handshake', 5],
    ['if the bond is removed', { bond_type: 'codified-strong', energy_loss: 5 }, null, 5],
  ])('%s', async (_, before, bond, after) => {
    expect(await lossAfter(await start(before), { bond_type: bond })).toBe(after);
  });

  test('if the change states another', async () => {
    const ada = await start({ bond_type: 'codified-strong', energy_loss: 5 });
    expect(await lossAfter(ada, { bond_type: 'institutional-weak', energy_loss: 50 })).toBe(50);
    expect(await lossAfter(ada, { bond_type: 'fragile-temporary', energy_loss: null })).toBeNull();
  });
});
