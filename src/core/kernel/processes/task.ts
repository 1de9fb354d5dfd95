/**
 * Names work that runs in a process of its own, so that it can be killed at any moment. Input and output are plain JSON. What it does is in
 * `core/process-tasks.ts`, so that callers do not load it.
 */
export interface ProcessTask<I, R> {
  readonly taskName: string;
  /** Never set: they keep the types. */
  readonly input?: I;
  readonly output?: R;
}

export const processTask = <I, R>(taskName: string): ProcessTask<I, R> => ({ taskName });

/** Loads what a task does. The folder is empty, private, and removed when the process has ended. */
export type LoadTask = () => Promise<(input: unknown, folder: string) => unknown>;

/** Ties a task to what it does, which is loaded when a process is asked for it. */
export function implementTask<I, R>(
  task: ProcessTask<I, R>,
  load: () => Promise<(input: I, folder: string) => R | Promise<R>>,
): readonly [name: string, load: LoadTask] {
  return [task.taskName, load as LoadTask];
}

/** What the folder of a run holds: the request, then the answer, or a mark why the process ended itself. */
export const requestFile = 'request.json';
export const answerFile = 'answer.json';
export const memoryMark = 'too-much-memory';
export const diskMark = 'too-much-disk';
export const timeMark = 'too-slow';

export interface ProcessRequest {
  task: string;
  input: unknown;
  maxBytes: number;
  maxDiskBytes: number;
  timeoutMs: number;
  /** The process that waits for the answer. */
  parent: number;
}

export type ProcessAnswer = { output: unknown } | { failed: { code: string; message: string } };
