import { runInProcess } from '#core/kernel/processes/run-in-process.ts';
import { endless } from './task-names.ts';

// A program that waits for a task until it is killed.
await runInProcess(endless, null, { timeoutMs: 60_000, maxBytes: 400_000_000 });
