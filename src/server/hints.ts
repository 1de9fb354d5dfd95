import { EventEmitter } from 'node:events';

/** What was committed, in short: whoever wants to know more pulls it. */
export interface Hint {
  seq: number;
  op_id: string;
  stamp: string;
  actor: string;
  changes: { event: 'created' | 'updated' | 'deleted'; type: string; id: string; universities: string[] }[];
}

/** Tells of commits of this process. A hint may be lost: what counts is what `pull` answers. */
export class Hints {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  tell(hints: readonly Hint[]): void {
    for (const hint of hints) this.#emitter.emit('hint', hint);
  }

  /** Calls `listener` at each hint until the answer is called. */
  follow(listener: (hint: Hint) => void): () => void {
    this.#emitter.on('hint', listener);
    return () => this.#emitter.off('hint', listener);
  }
}
