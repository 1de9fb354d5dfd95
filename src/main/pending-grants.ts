import type { ToData } from '#shared/shell/process.ts';
import type { Register } from './grants.ts';

/** Grants that the data process has been told of and has not answered yet. Each gets an answer: nothing waits for ever. */
export interface PendingGrants {
  register: Register;
  granted(id: string): void;
  refused(id: string): void;
  /** There is nobody any more who would answer. */
  refuseAll(): void;
}

/** A file could not be handed to the data process, because there is none that has the workspace open. */
export class NotHandedOver extends Error {
  constructor() {
    super('The data process cannot take a file now.');
    this.name = 'NotHandedOver';
  }
}

/** `send` gives false when there is nobody to send to. */
export function createPendingGrants(send: (message: ToData) => boolean): PendingGrants {
  const pending = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();

  return {
    register: (grant) =>
      new Promise<void>((resolve, reject) => {
        pending.set(grant.id, { resolve, reject });
        if (send({ kind: 'grant', ...grant })) return;
        pending.delete(grant.id);
        reject(new NotHandedOver());
      }),
    granted(id) {
      pending.get(id)?.resolve();
      pending.delete(id);
    },
    refused(id) {
      pending.get(id)?.reject(new NotHandedOver());
      pending.delete(id);
    },
    refuseAll() {
      for (const { reject } of pending.values()) reject(new NotHandedOver());
      pending.clear();
    },
  };
}
