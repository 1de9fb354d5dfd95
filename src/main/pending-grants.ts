import type { ToData } from '#shared/shell/process.ts';
import type { Register } from './grants.ts';

/** Grants that the data process has been told of and has not answered yet. Each gets an answer: nothing waits for ever. */
export interface PendingGrants {
  register: Register;
  granted(id: string): void;
  refused(id: string): void;
  /** What it was for is done: no later data process is told of it. */
  used(id: string): void;
  /** Tells a new data process of the same workspace what the one before knew, and what was cut off by its end. */
  renew(): void;
  /** Forgets them all: what comes is another workspace. */
  forget(): void;
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

type Grant = Parameters<Register>[0];

/** Grants that outlive a data process; the oldest are forgotten beyond it. */
const MOST_HELD = 200;

/** `send` gives false when there is nobody to send to. */
export function createPendingGrants(send: (message: ToData) => boolean): PendingGrants {
  const pending = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const held = new Map<string, Grant>();

  function hold(grant: Grant): void {
    held.set(grant.id, grant);
    const [oldest] = held.keys();
    if (held.size > MOST_HELD && oldest !== undefined) held.delete(oldest);
  }

  return {
    register: (grant) =>
      new Promise<void>((resolve, reject) => {
        pending.set(grant.id, { resolve: () => (hold(grant), resolve()), reject });
        if (send({ kind: 'grant', ...grant })) return;
        pending.delete(grant.id);
        reject(new NotHandedOver());
      }),
    used: (id) => void held.delete(id),
    renew() {
      for (const grant of held.values()) send({ kind: 'grant', ...grant });
    },
    forget: () => held.clear(),
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
