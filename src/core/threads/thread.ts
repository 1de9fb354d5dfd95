import { parentPort } from 'node:worker_threads';
import { deeds } from './deeds.ts';
import type { Asked, Failed, Said } from './said.ts';

/** What runs in a thread: it does one deed after the other, as it is asked to by `run.ts`. */
const say = (said: Said): void => parentPort?.postMessage(said);

function failedOf(error: unknown): Failed {
  const { code, message, path } = error as { code?: unknown; message?: unknown; path?: string };
  return { code: String(code ?? error), message: String(message ?? error), path };
}

/** How often somebody hears how far it is, in milliseconds: each time wakes the other thread. */
const often = 50;

function telling(): (told: unknown) => void {
  let last = -Infinity;
  return (told) => {
    const now = performance.now();
    if (now - last < often) return;
    last = now;
    say({ told });
  };
}

async function answer({ deed, input }: Asked): Promise<void> {
  try {
    const work = deeds[deed as keyof typeof deeds] as (
      input: unknown,
      tell: (told: unknown) => void,
    ) => unknown;
    say({ answer: await work(input, telling()) });
  } catch (error) {
    say({ failed: failedOf(error) });
  }
}

parentPort?.on('message', (asked: Asked) => void answer(asked));
