import { EventEmitter } from 'node:events';

/** What was committed, in short: whoever wants to know more pulls it. */
export interface Hint {
  seq: number;
  op_id: string;
  stamp: string;
  actor: string;
  changes: { event: 'created' | 'updated' | 'deleted'; type: string; id: string; universities: string[] }[];
}

/** Tells of what happens in this process. A hint may be lost: what counts is what `pull` answers. */
export class Hints {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  tell(hints: readonly Hint[]): void {
    if (hints.length > 0) this.#emitter.emit('hints', hints);
  }

  /** Calls `listener` after each commit until the answer is called. */
  follow(listener: (hints: readonly Hint[]) => void): () => void {
    this.#emitter.on('hints', listener);
    return () => this.#emitter.off('hints', listener);
  }

  /** Somebody may see or do another thing than before, or one of their sessions has ended. */
  tellOfUser(user: string): void {
    this.#emitter.emit('user', user);
  }

  /** Calls `listener` with such a user until the answer is called. */
  followUsers(listener: (user: string) => void): () => void {
    this.#emitter.on('user', listener);
    return () => this.#emitter.off('user', listener);
  }
}
