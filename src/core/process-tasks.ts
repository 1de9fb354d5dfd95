import type { LoadTask } from './kernel/processes/task.ts';

/** What a process of its own can be asked to do, by name. Each is loaded only when it is asked for. */
export const processTasks: readonly (readonly [name: string, load: LoadTask])[] = [];
