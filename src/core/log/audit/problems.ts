import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';

const maxListed = 20;

/** A list of problems with at most twenty sentences; further problems are only counted. */
export class Problems {
  readonly #list: Sentence[] = [];
  #unlistedCount = 0;

  add(problem: Sentence): void {
    if (this.#list.length < maxListed) this.#list.push(problem);
    else this.#unlistedCount += 1;
  }

  get list(): Sentence[] {
    return this.#unlistedCount > 0
      ? [...this.#list, clause('more', { count: this.#unlistedCount })]
      : [...this.#list];
  }
}
