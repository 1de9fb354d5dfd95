import { describe, expect, it } from 'vitest';
import { workspaceForEach } from '../workspace.ts';
import { bringText, look } from './support.ts';

const workspace = workspaceForEach();

const roster = [
  'Podtým;Příjmení a jméno;Funkce;E-mail',
  'Palubní počítač;Šustáček Vít;student;vit@x.example',
  ';Ďurišková Lenka;student;lenka@x.example',
  ';Pařízek Čeněk;student;cenek@x.example',
  'Napájení;Kropáček Jonáš;student;jonas@x.example',
  ';Mikeš Oldřich;student;oldrich@x.example',
].join('\n');

const membersOfTeams = async (): Promise<Record<string, number>> => {
  const { rows } = await workspace.client.entities.list({ type: 'student' });
  const { rows: teams } = await workspace.client.entities.list({ type: 'team' });
  const titles = rows.map(({ payload }) => teams.find(({ id }) => id === payload.team_id)?.title ?? 'none');
  return Object.fromEntries([...new Set(titles)].map((one) => [one, titles.filter((t) => t === one).length]));
};

describe('a group that is written once above its rows', () => {
  it('is asked for, and filled into the rows below on request', async () => {
    expect((await look(workspace, roster)).doubts.groups).toEqual([0]);
    const layout = { sheet: null, header: null, fill_down: [0] };
    const filled = await look(workspace, roster, 'roster.csv', layout);
    expect(filled.doubts.groups).toEqual([]);
    expect(filled.columns[0]?.filled).toBe(5);
    await bringText(workspace, roster, { type: 'student' }, layout);
    expect(await membersOfTeams()).toEqual({ 'Palubní počítač': 3, Napájení: 2 });
  });

  it('stays in its own row otherwise', async () => {
    await bringText(workspace, roster, { type: 'student' });
    expect(await membersOfTeams()).toMatchObject({ 'Palubní počítač': 1, none: 3 });
  });

  it.each([
    ['values that occur again', roster.replace('\n;Ď', '\nNapájení;Ď').replace('\n;P', '\nNapájení;P')],
    ['a first row without one', roster.replace('Palubní počítač;', ';')],
    ['notes', roster.replace('Podtým', 'Poznámka').replaceAll(/^([^;]*);(.*)$/gm, '$2;$1')],
    ['no empty cells', roster.replaceAll('\n;', '\nAnténa;')],
  ])('is not asked for with %s', async (_, text) => {
    expect((await look(workspace, text)).doubts.groups).toEqual([]);
  });
});
