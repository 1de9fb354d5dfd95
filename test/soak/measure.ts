import { existsSync, readdirSync } from 'node:fs';
import { ask } from '../e2e/lib/ask.ts';
import type { Running } from '../e2e/lib/launch.ts';
import type { Allowance } from './trend.ts';

/** What is looked at again and again; a figure that this system cannot give is left out. */
export const figures = {
  'window heap, MB': { part: 0.2, beside: 6 },
  'window nodes': { part: 0.25, beside: 1500 },
  'window listeners': { part: 0.25, beside: 300 },
  // The page itself; pictures that Chromium draws in fields of its own would count too, and there are none.
  'window documents': { part: 0, beside: 1 },
  'shell memory, MB': { part: 0.2, beside: 25 },
  'data process memory, MB': { part: 0.25, beside: 40 },
  'shell handles': { part: 0.05, beside: 8 },
  'data process handles': { part: 0.05, beside: 8 },
} as const satisfies Record<string, Allowance>;

export type Figure = keyof typeof figures;
export type Sample = Partial<Record<Figure, number>>;

const MB = 1024 * 1024;

function handlesOf(pid: number | undefined): number | undefined {
  const folder = `/proc/${pid}/fd`;
  return pid !== undefined && existsSync(folder) ? readdirSync(folder).length : undefined;
}

/** The window after it was made to tidy up. */
async function windowFigures({ page }: Running): Promise<Sample> {
  const session = await page.context().newCDPSession(page);
  try {
    // What is only reachable from finished callbacks goes in the second round.
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
    const counters = await session.send('Memory.getDOMCounters');
    return {
      'window heap, MB': usedSize / MB,
      'window nodes': counters.nodes,
      'window listeners': counters.jsEventListeners,
      'window documents': counters.documents,
    };
  } finally {
    await session.detach();
  }
}

/** All figures now. Give it a window at rest, always at the same place. */
export async function measure(running: Running): Promise<Sample> {
  const processes = await ask(() =>
    running.app.evaluate(({ app }) =>
      app.getAppMetrics().map(({ pid, type, name, memory }) => ({
        pid,
        kind: type === 'Browser' ? 'shell' : name === 'FRAMES data' ? 'data process' : '',
        kilobytes: memory.workingSetSize,
      })),
    ),
  );
  const sample: Sample = await windowFigures(running);
  for (const kind of ['shell', 'data process'] as const) {
    const found = processes.find((process) => process.kind === kind);
    if (found) sample[`${kind} memory, MB`] = found.kilobytes / 1024;
    const handles = handlesOf(found?.pid);
    if (handles !== undefined) sample[`${kind} handles`] = handles;
  }
  return sample;
}
