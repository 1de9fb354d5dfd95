import type { SecretStore } from '#main/secret-store.ts';

/** Main's store of secrets for tests that keep none. */
export const noSecrets: SecretStore = {
  isLasting: false,
  get: () => null,
  set: () => Promise.resolve(),
  flush: () => Promise.resolve(),
};
