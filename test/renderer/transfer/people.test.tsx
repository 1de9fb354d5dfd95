import { screen, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { currentTable } from '#renderer/features/transfer/state.ts';
import { begin, open, paste, settled } from './hands.tsx';

beforeEach(begin);

const titles = (): string[] => (currentTable()?.preview?.sample ?? []).map(({ title }) => title);

it('the order of names is shown by one switch, which turns them in both directions', async () => {
  const { hands } = await open();
  await paste('Nazwisko i imię\tNr albumu\nŻak Iwo\t412001\nLis Ola\t412002\n');
  await settled();
  const turn = screen.getByRole<HTMLInputElement>('switch', { name: 'Turn 2 names like “Żak Iwo” round' });
  expect([turn.checked, titles()]).toEqual([true, ['Iwo Żak', 'Ola Lis']]);
  expect(screen.getByText(/“Żak Iwo” becomes “Iwo Żak”/)).toBeTruthy();
  await hands.click(turn);
  await settled();
  expect(titles()).toEqual(['Żak Iwo', 'Lis Ola']);
  await hands.click(screen.getByRole('switch', { name: /Turn 2 names/ }));
  await settled();
  expect(titles()).toEqual(['Iwo Żak', 'Ola Lis']);
});

it('rows of one person are one record, until they are separated', async () => {
  const { hands } = await open();
  await paste(
    'Student\tMatrikelnummer\tTeam\nIda Falk\t4100123\tOptics\nIda Falk\t4100123\tPower\nJon Rask\t4100124\tPower\n',
  );
  await settled();
  await hands.click(screen.getByText('Values read by best guess: 1'));
  const card = screen.getByText(/“Ida Falk” is also in line 2/).closest('li') as HTMLElement;
  await hands.click(within(card).getByRole('button', { name: 'Import separately' }));
  await settled();
  expect(screen.getByText('“Ida Falk” is in the table more than once')).toBeTruthy();
  const correction = screen.getByText('Imported separately: line 3').closest('li') as HTMLElement;
  await hands.click(within(correction).getByRole('button', { name: /Undo/ }));
  await settled();
  await hands.click(screen.getByRole('button', { name: 'Import 2 students' }));
  await screen.findByText(/counts and samples/);
  const { rows } = await api.entities.list({ type: 'student' });
  expect(rows.map(({ title }) => title).toSorted()).toEqual(['Ida Falk', 'Jon Rask']);
});

it('a column becomes the prefix of the family name', async () => {
  const { hands } = await open();
  await paste(
    'Vorname\tZusatz\tNachname\tMatrikelnummer\nIda\tauf dem\tFalk\t4100123\nJon\t\tBerg\t4100124\n',
  );
  await settled();
  await hands.click(screen.getByRole('combobox', { name: 'Import “Zusatz” as' }));
  await hands.click(await screen.findByRole('option', { name: 'Family name prefix' }));
  await settled();
  expect(titles()).toEqual(['Ida auf dem Falk', 'Jon Berg']);
});

it('a column that only numbers the rows is left out, with the reason', async () => {
  await open();
  await paste('Lp.\tStudent\tMatrikelnummer\n1\tIda Falk\t4100123\n2\tJon Rask\t4100124\n');
  await settled();
  expect(screen.getByText('Left out: it only numbers the rows.')).toBeTruthy();
});
