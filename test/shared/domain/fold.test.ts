import { expect, test } from 'vitest';
import { foldText } from '#shared/domain/fold.ts';

test.each([
  ['ÉLECTRIQUE', 'electrique'],
  ['Łódź', 'lodz'],
  ['Straße', 'strasse'],
  ['GROẞ', 'gross'],
  ['Işık', 'isik'],
  ['İZMİR', 'izmir'],
  ['Yıldız', 'yildiz'],
  ['Ærø', 'aero'],
  ['Đặng', 'dang'],
  ['ﬁne', 'fine'],
  ['１％', '1%'],
  ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
  ['O’Brien', "o'brien"],
  ['plain', 'plain'],
])('%s is compared as %s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test.each([
  ['が', 'か'],
  ['कि', 'का'],
])('marks that make another letter tell %s from %s', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other));
});
