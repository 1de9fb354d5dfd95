/** Reports progress in the units of the task. */
export type OnTaskProgress<P> = (progress: P) => void;

/** A function that a worker can run. Input, progress and answer are plain data. The function closes its files before it ends. */
export type Task<I, P, R> = ((input: I, onProgress: OnTaskProgress<P>) => R | Promise<R>) & {
  readonly taskName: string;
};

/** Gives a function the name under which `core/tasks.ts` registers it. */
export function defineTask<I, R, P = never>(
  taskName: string,
  run: (input: I, onProgress: OnTaskProgress<P>) => R | Promise<R>,
): Task<I, P, R> {
  return Object.assign(run, { taskName });
}

export interface TaskRequest {
  task: string;
  input: unknown;
}

/** A cloneable error of a task; `code` is SQLite's or the system's. */
export interface TaskError {
  code: string;
  message: string;
  path?: string | undefined;
}

export type TaskMessage = { progress: unknown } | { answer: unknown } | { failed: TaskError };
