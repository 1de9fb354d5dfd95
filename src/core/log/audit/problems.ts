import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';

const maxListed = 20;

/** A list of problems with at most twenty sentences; further problems are only counted. */
export class Problems {
  readonly #list: Sentence[] = [];
  #more = 0;

  add(problem: Sentence): void {
    if (this.#list.length < maxListed) this.#list.push(problem);
    else this.#more += 1;
  }

  get list(): Sentence[] {
    return this.#more > 0 ? [...this.#list, clause('more', { count: this.#more })] : [...this.#list];
  }
}
