import { screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { begin, open, paste, possible, settled } from './hands.tsx';

beforeEach(begin);

async function choose(hands: UserEvent, name: string | RegExp, option: string): Promise<void> {
  await hands.click(screen.getByRole('combobox', { name }));
  await hands.click(await screen.findByRole('option', { name: option }));
  await settled();
}

const titles = async (type: EntityType): Promise<string[]> =>
  (await api.entities.list({ type, limit: 100 })).rows.map(({ title }) => title).toSorted();

const roster = (...names: string[]): string =>
  [
    'Podtým\tJméno\tE-mail',
    ...names.map(
      (name, index) =>
        `${index === 0 ? 'Optika' : index === 2 ? 'Anténa' : ''}\t${name}\tm${index}@x.example`,
    ),
  ].join('\n');

describe('a group that is written once above its rows', () => {
  it('is a question, is filled, taken back, and filled again in the next file with these headings', async () => {
    const { hands } = await open();
    await paste(roster('Ida Falk', 'Jon Rask', 'Kim Aas', 'Eva Roy'));
    await settled();
    expect(screen.getByText('Does each value of “Podtým” count for the rows below it?')).toBeTruthy();
    await hands.click(screen.getAllByRole('button', { name: 'Fill from above' })[0] as HTMLElement);
    await settled();
    expect(screen.queryByText(/count for the rows below/)).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Undo fill from above' }));
    await settled();
    await hands.click(screen.getAllByRole('button', { name: 'Fill from above' })[0] as HTMLElement);
    await settled();
    await hands.click(await possible('Import 4 students'));
    await screen.findByText(/counts and samples/);
    await paste(roster('Ola Berg', 'Tor Dahl', 'Liv Moen', 'Nils Vik'));
    await settled();
    expect(screen.getByRole('button', { name: 'Undo fill from above' })).toBeTruthy();
    expect(screen.getByText(/as in your last import/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Guess again' }));
    await settled();
    expect(screen.getByText(/count for the rows below/)).toBeTruthy();
  });
});

describe('a column of types', () => {
  const table = [
    'Jméno\tDruh',
    'Ida Falk\tŘádný',
    'Jon Rask\tEmeritní',
    'Kim Aas\tProfessor',
    'Halden Ltd\tFirma X',
  ].join('\n');

  it('has any type for each word, which the next file with these headings has too', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    await choose(hands, 'Import “Druh” as', 'Type of the row');
    const card = (word: string): HTMLElement =>
      screen.getByText(new RegExp(`“${word}” is not a record type`)).closest('li') as HTMLElement;
    const decide = async (word: string, type: string): Promise<void> => {
      const select = card(word).querySelector('input') as HTMLInputElement;
      await hands.click(select);
      await hands.click(await screen.findByRole('option', { name: type }));
      await settled();
    };
    await decide('Řádný', 'Student');
    await decide('Emeritní', 'Former student');
    await decide('Firma X', 'Organisation');
    await hands.click(await possible(/^Import \d+ records$/));
    await screen.findByText(/counts and samples/);
    expect(await titles('student')).toEqual(['Ida Falk', 'Jon Rask']);
    expect(await titles('faculty')).toEqual(['Kim Aas']);
    expect(await titles('organisation')).toEqual(['Halden Ltd']);
    const { rows } = await api.entities.list({ type: 'student', limit: 10 });
    expect(rows.filter(({ payload }) => payload.active === false).map(({ title }) => title)).toEqual([
      'Jon Rask',
    ]);
    await paste(table.replace('Ida Falk', 'Eva Roy'));
    await settled();
    await waitFor(() => expect(screen.getByText(/1 organisation/)).toBeTruthy());
  });
});

describe('people with titles in a list of students', () => {
  const table = [
    'Name\tTeam',
    'Prof. Ida Falk\tOptics',
    'Jon Rask\tOptics',
    'Kim Aas\tPower',
    'Eva Roy\tPower',
  ].join('\n');

  it('are asked about, and become faculty on request', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    expect(screen.getByText('What is the person with a title like “Prof. Ida Falk”?')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Faculty member' }));
    await settled();
    expect(screen.queryByText(/with a title like “Prof. Ida Falk”\?/)).toBeNull();
    await hands.click(await possible(/^Import \d+ records$/));
    await screen.findByText(/counts and samples/);
    expect(await titles('faculty')).toEqual(['Prof. Ida Falk']);
  });
});

describe('losses that can be points', () => {
  it('are an issue with the choice of the scale', async () => {
    const { hands } = await open();
    await paste('From\tTo\tLoss\nOptics\tPower\t3\nPower\tRadio\t2\nRadio\tOptics\t4.5');
    await settled();
    await choose(hands, 'Names without a record', 'Create, type by name');
    expect(screen.getByText('“Knowledge lost” is read as percent, and no value is above 4.5')).toBeTruthy();
    await hands.click(screen.getAllByText('points of 5')[0] as HTMLElement);
    await settled();
    expect(screen.queryByText(/no value is above/)).toBeNull();
    await hands.click(await possible('Import 3 links'));
    await screen.findByText(/counts and samples/);
    const { rows } = await api.entities.list({ type: 'interface', limit: 10 });
    expect(rows.map(({ payload }) => Number(payload.energy_loss)).toSorted((a, b) => a - b)).toEqual([
      40, 60, 90,
    ]);
  });
});
