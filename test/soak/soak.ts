import { test } from '../e2e/harness.ts';
import { soak } from './run.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 30);
const seed = Number(process.env['SOAK_SEED']);

test(`${minutes} minutes of random use, SOAK_SEED=${seed}`, async ({ frames }) => {
  await soak(frames, { minutes, seed, trends: true });
});
