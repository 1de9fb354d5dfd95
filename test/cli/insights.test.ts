import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { frames, json } = inFolder();
const sample = join(root, 'test/fixtures/frames_data.json');

test('frames insights answers the newer questions, and marks places that are uncertain', async () => {
  await json('import', sample, '--workspace', 'W');
  const weak = await frames('insights weak --workspace W');
  expect(weak.code).toBe(0);
  expect(weak.stdout).toMatch(/stress tests? \(seed 1\)\./);
  // The key of the mark is there exactly if the mark is.
  const key = '? Uncertain: neither in 60 % of the stress tests.';
  expect(weak.stdout.includes(key)).toBe(weak.stdout.replace(key, '').includes('% ?'));
  expect((await frames('insights expertise --quick --workspace W')).code).toBe(0);
});

test('frames ranking shows whether people are named; naming them while off is audited', async () => {
  await json('import', sample, '--workspace', 'V');
  expect((await frames('ranking --workspace V')).stdout).toBe('People in rankings: off.\n');
  const named = await frames('insights leavers --quick --who people --workspace V');
  expect(named.code).toBe(0);
  expect(named.stderr).toContain('Rankings of people are off in this workspace.');
  expect((await frames('ranking --people on --workspace V')).stdout).toBe('People in rankings: on.\n');
  const allowed = await frames('insights leavers --quick --who people --workspace V');
  expect(allowed.stderr).not.toContain('Rankings of people are off');
});
