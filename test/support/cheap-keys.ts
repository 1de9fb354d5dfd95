import { afterAll, beforeAll } from 'vitest';
import { setWorkFactor, defaultWorkFactor } from '#core/kernel/files/passphrase.ts';

/**
 * Encrypts with keys that take little work, in the tests of a file or of a `describe`: the usual key takes most of a second.
 * `passphrase.test.ts` encrypts with the usual work, too.
 */
export function useCheapKeys(): void {
  beforeAll(() => setWorkFactor(8));
  afterAll(() => setWorkFactor(defaultWorkFactor));
}
