import { parentPort } from 'node:worker_threads';
import { plantFaults, turnOn } from './plant.ts';
import type { Task } from './workers.ts';

plantFaults();
// Loaded after the faults are planted in it.
const { simulate } = await import('./simulate.ts');

async function answer({ fault, ...seeds }: Task): Promise<void> {
  turnOn(fault ?? null);
  try {
    parentPort?.postMessage(await simulate(seeds));
  } catch (error) {
    const problems = [error instanceof Error ? String(error.stack) : String(error)];
    parentPort?.postMessage({ seeds: 0, faults: {}, failed: [{ seed: seeds.from, problems }] });
  }
}

parentPort?.on('message', (task: Task) => void answer(task));
