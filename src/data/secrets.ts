import type { Secrets } from '#core/kernel/secrets.ts';
import type { ToData } from '#shared/shell/process.ts';
import type { Parent } from './parent.ts';

/** Secrets that main keeps, since only the shell reaches the keyring of the system. */
export interface ParentSecrets extends Secrets {
  /** Takes an answer of main. */
  hear(answer: Extract<ToData, { kind: 'secret' }>): void;
}

/** Asks main for each secret over the line to it; main answers every question. */
export function parentSecrets(parent: Pick<Parent, 'postMessage'>): ParentSecrets {
  const waiting = new Map<number, (value: string | null) => void>();
  let asked = 0;
  let available = true;

  function ask(send: (id: number) => void): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    asked += 1;
    waiting.set(asked, resolve);
    send(asked);
    return promise;
  }
  return {
    get available() {
      return available;
    },
    get: (key) => ask((id) => parent.postMessage({ kind: 'readSecret', id, key })),
    async set(key, value) {
      await ask((id) => parent.postMessage({ kind: 'writeSecret', id, key, value }));
    },
    hear({ id, value, lasting }) {
      available = lasting;
      waiting.get(id)?.(value);
      waiting.delete(id);
    },
  };
}
