import { describe, expect, it, test } from 'vitest';
import { parseDirection } from '#core/import/direction.ts';
import { workspaceForEach } from '../workspace.ts';
import { bringText, look, tryText } from './support.ts';

const workspace = workspaceForEach();

test.each([
  ['->', 'forward'],
  ['→', 'forward'],
  ['=>', 'forward'],
  ['<-', 'backward'],
  ['<->', 'both'],
  ['⇄', 'both'],
  ['Both ways', 'both'],
  ['bidirezionale', 'both'],
  ['beide Richtungen', 'both'],
  ['one-way', 'forward'],
  ['-', null],
  ['<5', null],
  ['Optics', null],
])('“%s” goes %s', (text, direction) => expect(parseDirection(text)).toBe(direction));

const links = [
  'Giver;Uni;Way;Taker;Uni;Loss %',
  'Optics;Summit;->;Power;Alder;20',
  'Power;Alder;<->;Thermal;Summit;40',
  'Thermal;Summit;<-;Optics;Summit;10',
].join('\n');

describe('a column of arrows', () => {
  it('makes two links of a row that goes both ways, and turns one that goes back', async () => {
    const result = await bringText(workspace, links, { missing_ends: 'by_name' });
    expect(result.report.problems).toMatchObject({ both_ways: 1 });
    const { rows } = await workspace.client.entities.list({ type: 'interface' });
    const { rows: teams } = await workspace.client.entities.list({ type: 'team' });
    const nameOf = (id: unknown) => teams.find((team) => team.id === id)?.title;
    expect(
      rows
        .map(({ payload: { from, to, energy_loss } }) =>
          [nameOf(from), '→', nameOf(to), String(Number(energy_loss))].join(' '),
        )
        .toSorted(),
    ).toEqual(['Optics → Power 20', 'Optics → Thermal 10', 'Power → Thermal 40', 'Thermal → Power 40']);
  });

  it('changes nothing when the same table comes again', async () => {
    await bringText(workspace, links, { missing_ends: 'by_name' });
    const { preview } = await tryText(workspace, links, { matching: 'update' });
    expect(preview).toMatchObject({ creates: 0, updates: 0, unchanged: 4 });
  });

  it('with the university of each end beside it tells equal teams apart', async () => {
    const equal = [
      'From;University;Sense;To;University',
      'Power;Summit;<->;Power;Alder',
      'Power;Alder;->;Optics;Summit',
    ].join('\n');
    await bringText(workspace, equal, { missing_ends: 'by_name' });
    const { rows } = await workspace.client.entities.list({ type: 'team' });
    expect(rows.map(({ title }) => title).toSorted()).toEqual(['Optics', 'Power', 'Power']);
  });
});

describe('columns with the types of ends', () => {
  it.each([
    ['Chi trasmette;Tipo;Chi riceve;Tipo;Perdita'],
    ['From;Source type;To;Target type;Loss'],
    ['Von;Typ (von);Nach;Typ (nach);Verlust'],
  ])('under %s give new ends their types', async (headings) => {
    const rows = [
      'Aquila;team;Falco;team;0,15',
      'Nuvolari Compositi;azienda;Aquila;team;0,65',
      'Tedesco;docente;Falco;team;0,1',
      'Giulia Brandolini;ex studentessa;Nuvolari Compositi;azienda;1',
    ];
    await bringText(workspace, [headings, ...rows].join('\n'), {
      type: 'interface',
      missing_ends: 'by_name',
    });
    const namesOf = async (type: 'team' | 'organisation' | 'faculty' | 'student') =>
      (await workspace.client.entities.list({ type })).rows.map(({ title }) => title).toSorted();
    expect(await namesOf('team')).toEqual(['Aquila', 'Falco']);
    expect(await namesOf('organisation')).toEqual(['Nuvolari Compositi']);
    expect(await namesOf('faculty')).toEqual(['Tedesco']);
    expect(await namesOf('student')).toEqual(['Giulia Brandolini']);
  });
});

describe('columns that the headings of a table do not tell', () => {
  const roster = [
    'Human,Tribe,Poof',
    'Ada Novak,Thermal,2026',
    'Ben Holt,Thermal,2027',
    'Cara Quinn,Ground station,2026',
    'Dev Patel,Ground station,2027',
  ].join('\n');

  it('are asked for, with those that can be meant', async () => {
    const { doubts } = await look(workspace, roster, 'students.csv');
    expect(doubts.roles.student).toEqual([
      { field: 'team_id', columns: [1] },
      { field: 'graduation_term', columns: [2] },
    ]);
  });

  it('are not asked for if a heading tells one, or none can be meant', async () => {
    const clear = await look(workspace, roster.replace('Tribe', 'Team').replace('Poof', 'Graduation'));
    expect(clear.doubts.roles.student).toBeUndefined();
    const names = await look(workspace, roster.replaceAll(/,.*$/gm, ''), 'students.csv');
    expect(names.doubts.roles.student).toBeUndefined();
  });

  it('are asked for in a list of links too', async () => {
    const text = [
      'From,To,Leaky,Inked',
      'A1x,B1x,0.15,0.8',
      'B1x,C1x,0.4,0.35',
      'C1x,A1x,0.05,1',
      'A1x,C1x,0.6,0',
    ];
    const { doubts } = await look(workspace, text.join('\n'));
    expect(doubts.roles.interface?.map(({ field, columns }) => [field, columns])).toEqual([
      ['energy_loss', [2, 3]],
      ['documented', [2, 3]],
    ]);
  });
});
