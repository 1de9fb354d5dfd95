import { EventEmitter } from 'node:events';

/** A summary of a committed operation. Clients pull to get its values. */
export interface Hint {
  seq: number;
  op_id: string;
  /** The cursor after its events. */
  cursor: string;
  stamp: string;
  actor: string;
  changes: { event: 'created' | 'updated' | 'deleted'; type: string; id: string; universities: string[] }[];
}

/** Publishes events within this process. Hints can be lost: only `pull` is authoritative. */
export class Hints {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  publish(hints: readonly Hint[]): void {
    if (hints.length > 0) this.#emitter.emit('hints', hints);
  }

  /** Calls `listener` after each commit. Returns the function that unsubscribes. */
  subscribe(listener: (hints: readonly Hint[]) => void): () => void {
    this.#emitter.on('hints', listener);
    return () => this.#emitter.off('hints', listener);
  }

  /** Call after a change of a user's permissions or the end of a session. */
  publishUserChange(user: string): void {
    this.#emitter.emit('user', user);
  }

  /** Calls `listener` with each changed user. Returns the function that unsubscribes. */
  subscribeToUsers(listener: (user: string) => void): () => void {
    this.#emitter.on('user', listener);
    return () => this.#emitter.off('user', listener);
  }
}
