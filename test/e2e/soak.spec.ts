import { soak } from '../soak/run.ts';
import { test } from './harness.ts';

// The long run is `npm run test:soak`; this one sees that it still finds its way.
test('a few seconds of random use leaves no complaint and a sound workspace', async ({ frames }) => {
  await soak(frames, { minutes: 0.1, seed: 3, trends: false });
});
