import { expect, test } from 'vitest';
import help from '#renderer/i18n/en/help.ts';
import { helpTasks, helpTerms, termOf } from '#renderer/features/help/terms.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { fieldsOf } from '#shared/domain/entities.ts';

test('every term and every task of the catalogue is shown, once', () => {
  expect(Object.values(helpTerms).flat().toSorted()).toEqual(Object.keys(help.term).toSorted());
  expect(helpTasks.map(({ id }) => id).toSorted()).toEqual(Object.keys(help.task).toSorted());
});

test('no task of the help changes a record by itself', () => {
  expect(helpTasks.map(({ command }) => command)).not.toContain('edit.undo');
});

test('fields that are explained lead to terms that are there', () => {
  const found = entityTypes.flatMap((type) => fieldsOf(type).map(({ key }) => termOf(key)));
  const known = Object.values(helpTerms).flat();
  for (const term of found.filter((one) => one !== undefined)) expect(known).toContain(term);
  expect(new Set(found).size).toBeGreaterThan(5);
});
