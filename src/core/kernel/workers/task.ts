/** Passes on how far a task is, in the units of the task. */
export type OnProgress<P> = (progress: P) => void;

/** A function that a worker can run. Input, progress and answer are plain data; it closes its files before it ends. */
export type Task<I, P, R> = ((input: I, onProgress: OnProgress<P>) => R | Promise<R>) & {
  readonly taskName: string;
};

/** Names a function so that a worker finds it among the tasks of `core/tasks.ts`. */
export function defineTask<I, R, P = never>(
  taskName: string,
  run: (input: I, onProgress: OnProgress<P>) => R | Promise<R>,
): Task<I, P, R> {
  return Object.assign(run, { taskName });
}

/** What a worker is asked to do. */
export interface TaskRequest {
  task: string;
  input: unknown;
}

/** An error of a task as far as it can be cloned: `code` is SQLite's or the system's. */
export interface TaskError {
  code: string;
  message: string;
  /** The path that the system could not work with. */
  path?: string | undefined;
}

export type TaskMessage = { progress: unknown } | { answer: unknown } | { failed: TaskError };
