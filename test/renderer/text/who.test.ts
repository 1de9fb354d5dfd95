import { expect, test } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { whoIs, whoNamed } from '#renderer/text/who.ts';

const ada = { id: 'profile_ada', name: 'Ada' };
const claude = { ...ada, agent: 'Claude' };

test('an agent is named with the person it acted for', async () => {
  expect([whoIs(ada, 'me'), whoIs(claude, 'me')]).toEqual(['Ada', 'Claude for Ada']);
  expect([whoIs(claude, ada.id), whoNamed(claude, ada.id)]).toEqual([
    'Claude for you',
    'Claude for you (Ada)',
  ]);
  await speak('de');
  expect([whoIs(claude, 'me'), whoNamed(claude, ada.id)]).toEqual(['Claude für Ada', 'Claude für Sie (Ada)']);
  await speak('en');
});
