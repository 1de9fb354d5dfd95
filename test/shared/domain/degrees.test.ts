import { expect, test } from 'vitest';
import { hasDoctorate, splitDegrees } from '#shared/domain/degrees.ts';

test.each([
  ['Kądziołka Zbigniew, prof. dr hab. inż.', 'Kądziołka Zbigniew', 'prof. dr hab. inż.'],
  ['Wrześnicka-Tarko Alina, dr inż.', 'Wrześnicka-Tarko Alina', 'dr inż.'],
  ['Mojżeszek Piotr, mgr inż.', 'Mojżeszek Piotr', 'mgr inż.'],
  ['Weber Anna, M.Sc.', 'Weber Anna', 'M.Sc.'],
  ['Weber, Anna, M. Sc.', 'Weber, Anna', 'M. Sc.'],
  ['Jane Roe, PhD', 'Jane Roe', 'PhD'],
  ['Jane Roe PhD', 'Jane Roe', 'PhD'],
  ['Jane Roe (Ph.D.)', 'Jane Roe', 'Ph.D.'],
  ['Jan Kowalski dr hab.', 'Jan Kowalski', 'dr hab.'],
  ['Bianchi Luca, ing.', 'Bianchi Luca', 'ing.'],
  ['Novák Jiří, Ing., Ph.D.', 'Novák Jiří', 'Ing., Ph.D.'],
  ['Dr. Ada Novak, MBA', 'Dr. Ada Novak', 'MBA'],
  ['Huber Eva, Dipl.-Ing.', 'Huber Eva', 'Dipl.-Ing.'],
  ['Huber Franz, Dipl.-Ing. (FH)', 'Huber Franz', 'Dipl.-Ing. (FH)'],
  ['Steiner Lukas BSc MSc', 'Steiner Lukas', 'BSc MSc'],
  ['Wang, Ma', 'Wang, Ma', ''],
  ['Wang Ba', 'Wang Ba', ''],
  ['Roe, Jane', 'Roe, Jane', ''],
  ['King, Martin', 'King, Martin', ''],
  ['Martin King, Jr.', 'Martin King, Jr.', ''],
  ['Novak, A.', 'Novak, A.', ''],
  ['Dr. Ada Novak', 'Dr. Ada Novak', ''],
  ['PhD', 'PhD', ''],
])('%s is %s with the titles "%s"', (written, name, degrees) => {
  expect(splitDegrees(written)).toEqual({ name, degrees });
});

test.each([
  ['Kądziołka Zbigniew, prof. dr hab. inż.', true],
  ['Wrześnicka-Tarko Alina, dr inż.', true],
  ['Jane Roe, PhD', true],
  ['Mojżeszek Piotr, mgr inż.', false],
  ['Weber Anna, M.Sc.', false],
  ['Bianchi Luca, ing.', false],
  ['PhD', false],
])('%s has a doctorate: %s', (name, has) => {
  expect(hasDoctorate(name)).toBe(has);
});
