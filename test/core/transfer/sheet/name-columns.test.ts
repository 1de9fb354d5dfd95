import { describe, expect, it } from 'vitest';
import type { SheetChoicesInput } from '#shared/contract/sheets.ts';
import { workspaceForEach } from '../workspace.ts';
import { bringText, look } from './support.ts';

const workspace = workspaceForEach();

const peopleOf = async (text: string, other: Partial<SheetChoicesInput> = {}): Promise<string[]> => {
  await bringText(workspace, text, { type: 'student', ...other });
  const { rows } = await workspace.client.entities.list({ type: 'student' });
  return rows.map(({ title, payload }) =>
    typeof payload.remark === 'string' ? `${title} | ${payload.remark}` : title,
  );
};

describe('columns of the parts of names', () => {
  it.each([
    ['Nom adhérent;Prénom adhérent;Nom payeur;Prénom payeur', 'Falk;Ida;Rask;Jon'],
    ['Payer first name;Payer last name;Student first name;Student last name', 'Ida;Falk;Jon;Rask'],
    ['Vorname Mitglied;Nachname Mitglied;Vorname Notfall;Nachname Notfall', 'Ida;Falk;Jon;Rask'],
  ])('are found with the same words beside them: %s', async (headings, row) => {
    expect(await peopleOf([headings, row, row.replace('Ida', 'Eva')].join('\n'))).toEqual([
      'Eva Falk',
      'Ida Falk',
    ]);
  });

  it('have the titles of the family name first', async () => {
    const text =
      'Zuname;Rufname;AG\nProf. Dr. Castrop;Reinhold;Thermal\nDr. von der Heide;Ida;Thermal\nMag;Jon;Optik';
    expect(await peopleOf(text)).toEqual(['Dr. Ida von der Heide', 'Jon Mag', 'Prof. Dr. Reinhold Castrop']);
  });
});

it('degrees of a column become a custom field, and other titles begin the name', async () => {
  const text =
    'Nachname;Vorname;Titel\nGroß;Miriam;B.Sc.\nBehnke;Uwe;Dipl.-Ing. (FH)\nKowalski;Piotr;Dr.\nLüders;Hanna;';
  await bringText(workspace, text, { type: 'faculty' });
  const { rows } = await workspace.client.entities.list({ type: 'faculty' });
  expect(rows.map(({ title, payload }) => [title, payload['academic title']])).toEqual([
    ['Dr. Piotr Kowalski', undefined],
    ['Hanna Lüders', undefined],
    ['Miriam Groß', 'B.Sc.'],
    ['Uwe Behnke', 'Dipl.-Ing. (FH)'],
  ]);
});

describe('a remark in brackets after a name', () => {
  it('becomes a custom field; generations and short marks stay', async () => {
    const text =
      'Name;Team\nSunita Rao (On Leave);Optics\nVera Tichá (jun.);Optics\nJon Rask (2);Optics\nIda Falk;Optics';
    expect(await peopleOf(text)).toEqual([
      'Ida Falk',
      'Jon Rask (2)',
      'Sunita Rao | On Leave',
      'Vera Tichá (jun.)',
    ]);
  });
});

describe('a heading with an explanation', () => {
  it('means what is before the brackets', async () => {
    const text =
      'Good name;Subsystem (if you have shifted, fill the form again)\nIda Falk;Optics\nJon Rask;Power';
    expect((await look(workspace, text, 'students.csv')).guesses.student?.[1]).toEqual({
      to: 'field',
      field: 'team_id',
    });
  });

  it('names workers of a personnel system', async () => {
    const text =
      'Worker;Business Title;Supervisory Organization\nIda Falk;Ground Station Operator;Avionics\nJon Rask;Intern;Avionics';
    expect((await look(workspace, text, 'workers.csv')).guesses.student?.[0]).toEqual({
      to: 'field',
      field: 'name',
    });
  });
});
