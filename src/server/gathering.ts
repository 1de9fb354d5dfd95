interface Waiting<Q, A> {
  question: Q;
  resolve: (answer: A) => void;
  reject: (error: unknown) => void;
}

/** Answers questions in groups: those asked while one group is being answered form the next one. So the cost of a round trip is that of a group. */
export class Gathering<Q, A> {
  readonly #answer: (questions: readonly Q[]) => Promise<readonly PromiseSettledResult<A>[]>;
  readonly #most: number;
  readonly #waiting: Waiting<Q, A>[] = [];
  #isBusy = false;

  /** `answer` returns the answers in the order of the questions, at most `most` of them. If it rejects, all its questions do. */
  constructor(
    answer: (questions: readonly Q[]) => Promise<readonly PromiseSettledResult<A>[]>,
    most: number,
  ) {
    this.#answer = answer;
    this.#most = most;
  }

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (!this.#isBusy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#most);
      try {
        const answers = await this.#answer(group.map(({ question }) => question));
        for (const [at, answer] of answers.entries())
          if (answer.status === 'fulfilled') group[at]?.resolve(answer.value);
          else group[at]?.reject(answer.reason);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isBusy = false;
  }
}
