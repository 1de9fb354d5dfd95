import { processTask } from '#core/kernel/processes/task.ts';

export const echo = processTask<unknown, unknown>('echo');
export const environment = processTask<null, { folder: string; names: string[]; cwd: string }>('environment');
export const endless = processTask<null, unknown>('endless');
export const greedy = processTask<null, unknown>('greedy');
export const spilling = processTask<null, unknown>('spilling');
export const crash = processTask<null, unknown>('crash');
export const silent = processTask<null, unknown>('silent');
export const refuse = processTask<null, unknown>('refuse');
export const unknown = processTask<null, unknown>('unknown');
