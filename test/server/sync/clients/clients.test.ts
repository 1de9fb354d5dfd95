import { expect, test } from 'vitest';
import { RealWorld } from './world.ts';

const from = Number(process.env['SYNC_SEED'] ?? 1);
const count = Number(process.env['SYNC_REAL_SEEDS'] ?? 3);

test(
  `real workspaces and a real server converge with faults in between, over ${count} seeds from ${from}`,
  { timeout: 60_000 + count * 30_000 },
  async () => {
    const failed: { seed: number; problems: string[] }[] = [];
    const injected: Record<string, number> = {};
    for (let seed = from; seed < from + count; seed++) {
      const world = await RealWorld.create(seed);
      try {
        const problems = await world.run(30);
        if (problems.length > 0) failed.push({ seed, problems });
      } finally {
        await world.stop();
      }
      for (const [name, times] of Object.entries(world.injected))
        injected[name] = (injected[name] ?? 0) + times;
    }
    console.log(`real seeds ${from} to ${from + count - 1}, faults injected: ${JSON.stringify(injected)}`);
    expect(failed).toEqual([]);
  },
);
