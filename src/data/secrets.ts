import type { Secrets } from '#core/kernel/secrets.ts';
import type { ToData } from '#shared/shell/process.ts';
import type { Parent } from './parent.ts';
import { pendingRequests } from './pending-requests.ts';

/** Main stores the secrets, because only the shell can use the system keyring. */
export interface ParentSecrets extends Secrets {
  receive(answer: Extract<ToData, { kind: 'secret' }>): void;
}

export function parentSecrets(parent: Pick<Parent, 'postMessage'>): ParentSecrets {
  const { request, receive } = pendingRequests<string | null>();
  let isPersistent = true;
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
      receive(id, value);
    },
  };
}
