import { describe, expect, it } from 'vitest';
import type { SheetChoicesInput } from '#shared/contract/sheets.ts';
import { drain, workspaceForEach } from '../workspace.ts';
import { bringText, guessed, look, told, tryText } from './support.ts';

const workspace = workspaceForEach();

/** Students with their team, further teams and number, as they are imported. */
const students = async (text: string, other: Partial<SheetChoicesInput> = {}) => {
  await bringText(workspace, text, { type: 'student', ...other });
  const { rows: teams } = await workspace.client.entities.list({ type: 'team', limit: 100 });
  const titleOf = (id: unknown): string => teams.find((team) => team.id === id)?.title ?? '';
  const { rows } = await workspace.client.entities.list({ type: 'student', limit: 100 });
  return rows
    .map(({ title, payload: { team_id, other_team_ids } }) =>
      [title, titleOf(team_id), ...((other_team_ids ?? []) as string[]).map(titleOf)].join(' | '),
    )
    .toSorted();
};

const roster = [
  'Name;Student number;Team;E-mail;Expertise',
  'Ida Falk;4100123;Optics;ida@x.example;',
  'Jon Rask;4100124;Optics;jon@x.example;Radio',
  'Ida Falk;4100123;Thermal;;Lenses',
  'Ida Falk;;Power;ida@x.example;Mirrors',
].join('\n');

describe('rows with the name and the number or e-mail of an earlier row', () => {
  it('are one record with the teams of all, and the first filled value of each other field', async () => {
    expect(await students(roster)).toEqual(['Ida Falk | Optics | Thermal | Power', 'Jon Rask | Optics']);
    const { rows } = await workspace.client.entities.list({ type: 'student' });
    expect(rows.find(({ title }) => title === 'Ida Falk')?.payload.expertise_area).toBe('Lenses');
  });

  it('are said as one problem a person, which names the rows', async () => {
    const { preview } = await tryText(workspace, roster, { type: 'student' });
    const problems = preview.problems.filter(({ code }) => code !== 'reference_created');
    expect(problems).toMatchObject([
      {
        code: 'joined_row',
        value: 'Ida Falk',
        lines: [4, 5],
        becomes: 2,
        action: 'converted',
        weight: 'minor',
      },
    ]);
    expect(preview).toMatchObject({ creates: 2, skipped: 0, rows: 4 });
  });

  it('are kept apart on request', async () => {
    expect(await students(roster, { separate_rows: [4, 5] })).toEqual([
      'Ida Falk | Optics',
      'Ida Falk | Power',
      'Ida Falk | Thermal',
      'Jon Rask | Optics',
    ]);
  });

  it('update one existing record', async () => {
    await bringText(workspace, 'Name;Team\nIda Falk;Radio', { type: 'student' });
    expect(await students(roster, { matching: 'update' })).toEqual([
      'Ida Falk | Optics | Thermal | Power',
      'Jon Rask | Optics',
    ]);
  });
});

const plainTable = (heading: string, values: readonly string[]): string =>
  [
    `Name;Team;${heading}`,
    ...values.map(
      (value, index) => `${index < 2 ? 'Ida Falk' : `P${'abcdefg'[index]} Roy`};T${index};${value}`,
    ),
  ].join('\n');

describe('rows with one name', () => {
  it.each([
    [
      'a column of e-mail addresses',
      'Kontakt',
      'a@x.example,a@x.example,b@x.example,c@x.example,d@x.example,e@x.example',
      true,
    ],
    [
      'addresses under an unknown heading',
      'Пошта',
      'a@x.example,a@x.example,b@x.example,c@x.example,d@x.example,e@x.example',
      true,
    ],
    ['a heading of codes', 'Neptun-kód', 'EF34GH,EF34GH,AB12CD,IJ56KL,MN78OP,QR90ST', true],
    ['a Cyrillic heading of numbers', 'Номер зачётки', 'М-101,М-101,М-102,М-103,М-104,М-105', true],
    ['numbers that only one person has', 'Kod', '412345,412345,412346,412347,412348,412349', true],
    ['other numbers', 'Nr albumu', '412345,412399,412346,412347,412348,412349', false],
    ['the number of a unit', 'Unit', '50012310,50012310,50012310,50012311,50012311,50012311', false],
    [
      'the date of a change',
      'Changed on',
      '01.02.2025,01.02.2025,02.02.2025,03.02.2025,04.02.2025,05.02.2025',
      false,
    ],
    ['no such column', 'Colour', 'red,red,blue,green,grey,white', false],
  ])('and %s', async (_, heading, values, isOne) => {
    const { preview } = await tryText(workspace, plainTable(heading, values.split(',')), { type: 'student' });
    expect(preview.creates).toBe(isOne ? 5 : 6);
    const codes = told(preview).filter(
      (line) => !line.startsWith('reference_created') && !line.startsWith('date_read'),
    );
    expect(codes).toEqual([
      isOne ? 'joined_row | Ida Falk | 3 | converted' : 'repeated | Ida Falk | 3 | kept',
    ]);
  });

  it('of two types stay two records, which is said', async () => {
    const text =
      'Name;Type;Student number\nIda Falk;student;4100123\nIda Falk;professor;4100123\nJon Rask;student;4100124';
    const source = { text, name: 'people.csv' };
    const view = await look(workspace, text, 'people.csv');
    const part = (type: 'student' | 'faculty', other: 'student' | 'faculty') => ({
      layout: { sheet: null, header: null },
      choices: { ...guessed(view, { type }), elsewhere: [other] },
    });
    const { result } = await drain(
      await workspace.client.transfer.previewSheet({
        source,
        ...part('student', 'faculty'),
        others: [part('faculty', 'student')],
      }),
    );
    expect([result.creates, result.others[0]?.creates]).toEqual([2, 1]);
    expect(result.others[0]?.problems).toMatchObject([{ code: 'repeated', lines: [3], action: 'kept' }]);
  });
});
