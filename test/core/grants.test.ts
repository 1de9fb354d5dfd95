import { expect, test } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { createGrants } from '#core/kernel/grants.ts';

const expired = (work: () => unknown): void => {
  let error: unknown;
  try {
    work();
  } catch (thrown) {
    error = thrown;
  }
  expect(isFault(error) && error.code).toBe('GRANT_EXPIRED');
};

test('a ticket is good for one file and one use, once', () => {
  const grants = createGrants();
  const grant = grants.issue('/some/file.json', 'read');
  expect(grants.resolve(grant, 'read')).toBe('/some/file.json');
  expect(grants.resolve(grant, 'read')).toBe('/some/file.json');
  expired(() => grants.resolve(grant, 'write'));
  expired(() => grants.redeem(grant, 'write'));
  expect(grants.redeem(grant, 'read')).toBe('/some/file.json');
  expired(() => grants.resolve(grant, 'read'));
  expired(() => grants.redeem(grant, 'read'));
});

test('tickets cannot be guessed from one another, and a path is none', () => {
  const grants = createGrants();
  const made = Array.from({ length: 100 }, () => grants.issue('/file', 'write'));
  expect(new Set(made).size).toBe(100);
  for (const grant of made) expect(grant.length).toBeGreaterThanOrEqual(32);
  expired(() => grants.resolve('/file', 'write'));
  expired(() => grants.resolve('', 'read'));
});

test('the shell may supply its own tickets', () => {
  const grants = createGrants();
  grants.register('from-the-shell', '/chosen', 'write');
  expect(grants.redeem('from-the-shell', 'write')).toBe('/chosen');
});
