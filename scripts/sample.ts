import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.ts';
import { sampleJson, sampleMoment } from './sample/generate.ts';
import { samplePlans } from './sample/plan.ts';
import type { SampleSize } from './sample/plan.ts';

/**
 * Writes a made-up sample in the interchange form: without options the one that comes with the program. Another for trying things out:
 * `npm run sample -- --size 100k --seed 7 --out large.json`, then `frames import large.json --workspace DIR`.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(root, 'resources/sample/small.json') },
  },
});
if (Object.hasOwn(samplePlans, values.size)) {
  const size = values.size as SampleSize;
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, sampleJson({ size, seed: Number(values.seed), now: sampleMoment }));
} else {
  console.error(`--size must be one of ${Object.keys(samplePlans).join(', ')}.`);
  process.exitCode = 2;
}
