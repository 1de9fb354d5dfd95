import type { Secrets } from '#core/kernel/secrets.ts';
import type { ToData } from '#shared/shell/process.ts';
import type { Parent } from './parent.ts';

/** Main stores the secrets, because only the shell can use the system keyring. */
export interface ParentSecrets extends Secrets {
  receive(answer: Extract<ToData, { kind: 'secret' }>): void;
}

/** Main answers every request, so none stays pending. */
export function parentSecrets(parent: Pick<Parent, 'postMessage'>): ParentSecrets {
  const pending = new Map<number, (value: string | null) => void>();
  let lastId = 0;
  let isPersistent = true;

  function request(send: (id: number) => void): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    lastId += 1;
    pending.set(lastId, resolve);
    send(lastId);
    return promise;
  }
  return {
    get isPersistent() {
      return isPersistent;
    },
    get: (key) => request((id) => parent.postMessage({ kind: 'readSecret', id, key })),
    async set(key, value) {
      await request((id) => parent.postMessage({ kind: 'writeSecret', id, key, value }));
    },
    receive({ id, value, lasting }) {
      isPersistent = lasting;
      pending.get(id)?.(value);
      pending.delete(id);
    },
  };
}
