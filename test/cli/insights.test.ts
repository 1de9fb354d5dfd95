import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { frames, json } = inFolder();
const sample = join(root, 'test/fixtures/frames_data.json');

test('frames insights marks uncertain places', async () => {
  await json('import', sample, '--workspace', 'W');
  const { stdout } = await frames('insights weak --workspace W');
  expect(stdout).toMatch(/ % \?/);
  expect(stdout).toContain('Runs: 300');
});

test('frames ranking shows whether people are named; naming them while off is audited', async () => {
  await json('import', sample, '--workspace', 'V');
  expect((await frames('ranking --workspace V')).stdout).toBe('People: no\n');
  const named = await frames('insights leavers --quick --who people --workspace V');
  expect(named.code).toBe(0);
  expect(named.stderr).toContain('Rankings of people are off in this workspace.');
  expect((await frames('ranking --people on --workspace V')).stdout).toBe('People: yes\n');
  const allowed = await frames('insights leavers --quick --who people --workspace V');
  expect(allowed.stderr).not.toContain('Rankings of people are off');
});
