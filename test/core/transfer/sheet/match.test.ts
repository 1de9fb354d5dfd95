import { beforeEach, describe, expect, it } from 'vitest';
import { workspaceForEach } from '../workspace.ts';
import { bringText, tryText } from './support.ts';

const workspace = workspaceForEach();
beforeEach(async () => {
  const { entities } = workspace.client;
  for (const name of ['Power', 'Payload', 'Radio']) {
    await entities.create({ type: 'team', id: name.toLowerCase(), data: { name } });
  }
  await entities.create({
    type: 'interface',
    id: 'known',
    data: { from: 'power', to: 'payload', energy_loss: 10 },
  });
});

const table = (...lines: string[]) => ['From,To,Energy loss', ...lines].join('\n');
const links = async () =>
  (await workspace.client.entities.list({ type: 'interface', limit: 10 })).rows.map(({ id, payload }) => ({
    id,
    energy_loss: payload.energy_loss,
  }));

describe('a table of links without ids', () => {
  it('knows a link that is here by its two ends', async () => {
    const { preview } = await tryText(workspace, table('Power,Payload,20', 'Power,Radio,30'), {
      type: 'interface',
    });
    expect(preview).toMatchObject({ creates: 1, matched: { by_id: 0, by_name: 1, undecided: 1 } });

    await bringText(workspace, table('Power,Payload,20'), { type: 'interface', matching: 'update' });
    expect(await links()).toEqual([{ id: 'known', energy_loss: 20 }]);
    const [entry] = (await workspace.client.history.list({ limit: 1 })).rows;
    expect(entry).toMatchObject({ label: 'sheet.import', params: { count: 1, made: 0 } });
  });

  it('reports two links with the same ends instead of choosing one', async () => {
    await workspace.client.entities.create({ type: 'interface', data: { from: 'power', to: 'payload' } });
    const { preview } = await tryText(workspace, table('Power,Payload,20'), {
      type: 'interface',
      matching: 'update',
    });
    expect(preview).toMatchObject({ updates: 0, skipped: 1 });
    expect(preview.problems.map(({ code }) => code)).toEqual(['match_ambiguous']);
  });
});

describe('which of several records a name means', () => {
  const columns = 'From,From university,To,Bond';
  const ends = async () =>
    (await workspace.client.entities.list({ type: 'interface', limit: 10 })).rows.map(({ payload }) => [
      payload.from,
      payload.to,
    ]);

  it('is the chosen one for the name, except in rows with their own value', async () => {
    const { entities } = workspace.client;
    for (const [id, name] of [
      ['univ_s', 'Summit'],
      ['univ_v', 'Valley'],
    ] as const)
      await entities.create({ type: 'university', id, data: { name } });
    for (const [id, university_id] of [
      ['thermal_s', 'univ_s'],
      ['thermal_v', 'univ_v'],
    ] as const)
      await entities.create({ type: 'team', id, data: { name: 'Thermal', university_id } });
    const text = `${columns}\nThermal,Summit,Power,strong\nThermal,Valley,Payload,strong\nThermal,,Radio,strong\n`;
    const said = { column: 0, value: 'Thermal', becomes: 'thermal_v', create: false };
    const { preview } = await tryText(workspace, text, { type: 'interface' });
    expect(preview.problems[0]).toMatchObject({ code: 'end_ambiguous', lines: [4] });
    await bringText(workspace, text, { type: 'interface', values: [said] });
    expect(await ends()).toEqual(
      expect.arrayContaining([
        ['thermal_s', 'power'],
        ['thermal_v', 'payload'],
        ['thermal_v', 'radio'],
      ]),
    );

    const students = 'Name,Team,University\nAda,Thermal,Summit\nBen,Thermal,Valley\nCleo,Thermal,\n';
    const rule = { column: 1, value: 'Thermal', becomes: 'thermal_s', create: false };
    await bringText(workspace, students, { type: 'student', values: [rule] });
    const { rows } = await entities.list({ type: 'student', limit: 10 });
    expect(Object.fromEntries(rows.map(({ payload }) => [payload.name, payload.team_id]))).toEqual({
      Ada: 'thermal_s',
      Ben: 'thermal_v',
      Cleo: 'thermal_s',
    });
  });
});
