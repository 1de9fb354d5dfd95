import { expect, it } from 'vitest';
import { recordCount } from '#renderer/text/audit.ts';

it.each([
  ['a deletion counts the links that it names', 'team.delete', { title: 'Radio', links: 2 }, 3],
  ['and the records of a university', 'university.delete', { title: 'U', links: 2, contents: 5 }, 8],
  ['a restored record, too', 'records.restore', { count: 1, links: 2, contents: 1 }, 4],
  [
    'undoing counts what it undoes',
    'undo',
    { label: 'team.delete', params: { title: 'Radio', links: 2 } },
    3,
  ],
  ['a backup changes none', 'backups.create', { backup: '1' }, 0],
  ['an update has no others', 'team.update', { title: 'Radio', links: 2 }, 1],
])('%s', (_, label, params, count) => {
  expect(recordCount({ label, params, changes: 1 })).toBe(count);
});
