const most = 20;

/** A list of problems that stays readable when everything is wrong: after twenty it only counts. */
export class Problems {
  readonly #list: string[] = [];
  #more = 0;

  add(problem: string): void {
    if (this.#list.length < most) this.#list.push(problem);
    else this.#more += 1;
  }

  get list(): string[] {
    return this.#more > 0 ? [...this.#list, `… and ${this.#more} more`] : [...this.#list];
  }
}
