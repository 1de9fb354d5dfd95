/** A task that runs in a process and can be killed. Input and output are plain JSON; the code is in `core/process.ts`. */
export interface ProcessTask<I, R> {
  readonly taskName: string;
  /** `input` and `output` are never set; they carry the types. */
  readonly input?: I;
  readonly output?: R;
}

export const processTask = <I, R>(taskName: string): ProcessTask<I, R> => ({ taskName });

/** Loads a task's implementation. The folder is empty, private, and removed after the process ends. */
export type LoadTask = () => Promise<(input: unknown, folder: string) => unknown>;

export function implementTask<I, R>(
  task: ProcessTask<I, R>,
  load: () => Promise<(input: I, folder: string) => R | Promise<R>>,
): readonly [name: string, load: LoadTask] {
  return [task.taskName, load as LoadTask];
}

/** Files in the folder of a run: the request, then the answer or a mark that says why the process killed itself. */
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
  parent: number;
}

export type ProcessAnswer = { output: unknown } | { failed: { code: string; message: string } };

/** Each task leads a process group, so that programs that it starts end with it. Windows has none. */
export const hasProcessGroups = process.platform !== 'win32';
