import { expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

test('set-log-aside refuses unknown people and non-admins, even without a log to move', async () => {
  await seed();
  await json('profiles create', '--name', 'Ed', '--role', 'editor', ...w);
  const aside = ['set-log-aside', '--yes', ...w] as const;
  expect((await refused(...aside, '--actor', 'Nobody')).error).toMatchObject({ code: 'UNKNOWN_ACTOR' });
  expect((await refused(...aside, '--actor', 'Ed')).error).toMatchObject({ code: 'FORBIDDEN' });
  expect(await json(...aside)).toEqual({ moved: null });
});
