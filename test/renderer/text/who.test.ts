import { expect, test } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { authorName, authorFullName } from '#renderer/text/author-name.ts';

const ada = { id: 'profile_ada', name: 'Ada' };
const claude = { ...ada, agent: 'Claude' };

test('an agent is named with the person it acted for', async () => {
  expect([authorName(ada, 'me'), authorName(claude, 'me')]).toEqual(['Ada', 'Claude for Ada']);
  expect([authorName(claude, ada.id), authorFullName(claude, ada.id)]).toEqual([
    'Claude for you',
    'Claude for you (Ada)',
  ]);
  await speak('de');
  expect([authorName(claude, 'me'), authorFullName(claude, ada.id)]).toEqual([
    'Claude für Ada',
    'Claude für Sie (Ada)',
  ]);
  await speak('en');
});
