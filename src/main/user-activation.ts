/**
 * Inputs by which a user acts; moving the pointer or scrolling is none. One for each action, or one click would open two addresses: a page can ask
 * between two inputs of an action. Chromium reports a key as `rawKeyDown`, as `keyDown`, or as both.
 */
const activatingInputs: ReadonlySet<string> = new Set(['mouseUp', 'rawKeyDown', 'keyDown', 'touchEnd']);

/** Signing in at a university asks the server for the page's address first, so an action counts for this long. */
const validMs = 30_000;

/** The user's last action in a window. It allows one address to be opened outside; a script alone opens none. */
export class UserActivation {
  readonly #now: () => number;
  #last: number | null = null;
  #lastInput = '';

  constructor(now: () => number) {
    this.#now = now;
  }

  record(inputType: string): void {
    const isSameKey = inputType === 'keyDown' && this.#lastInput === 'rawKeyDown';
    this.#lastInput = inputType;
    if (activatingInputs.has(inputType) && !isSameKey) this.#last = this.#now();
  }

  /** Whether the user has just acted. The same action does not count again. */
  consume(): boolean {
    const isActive = this.#last !== null && this.#now() - this.#last <= validMs;
    this.#last = null;
    return isActive;
  }
}
