/** What a thread is asked to do: one deed of `deeds.ts`, by its name. */
export interface Asked {
  deed: string;
  input: unknown;
}

/** What went wrong in a thread, as far as it can be told outside: of SQLite's and the system's errors the code counts. */
export interface Failed {
  code: string;
  message: string;
  /** The path that the system could not do something with. */
  path?: string | undefined;
}

/** What a thread says: how far it is, and at last its answer or what went wrong. */
export type Said = { told: unknown } | { answer: unknown } | { failed: Failed };

/** Hears how far a deed is, in the units of the deed. */
export type Tell<T> = (told: T) => void;
