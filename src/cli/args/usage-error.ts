/** The command line itself is wrong: exit 2. */
export class UsageError extends Error {
  /** What is wrong, in the form that programs read: the argument and the value that was given. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The command that was meant, once that is known: its help tells more. */
  command: string | undefined;

  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'UsageError';
    this.details = details;
  }
}
