const maxListed = 20;

/** A bounded list of problems: only counts those after the first twenty. */
export class Problems {
  readonly #list: string[] = [];
  #more = 0;

  add(problem: string): void {
    if (this.#list.length < maxListed) this.#list.push(problem);
    else this.#more += 1;
  }

  get list(): string[] {
    return this.#more > 0 ? [...this.#list, `… and ${this.#more} more`] : [...this.#list];
  }
}
