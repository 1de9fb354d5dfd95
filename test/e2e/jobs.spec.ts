import { expect, test } from './harness.ts';
import { runFrames } from './lib/command.ts';
import { chooseMenu } from './lib/hands.ts';

test('a job that a command added runs in the window', async ({ frames }) => {
  const workspace = frames.prepareSample();
  const running = await frames.startReady();
  const { page } = running;
  await chooseMenu(running, 'go.jobs');
  await expect(page.getByRole('button', { name: 'Back up in the background' })).toBeVisible();

  const input = JSON.stringify({ terms: 4, runs: 200 });
  await runFrames(['jobs', 'add', 'simulate', '--input', input, '--workspace', workspace]);
  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByText(/^Completed/)).toBeVisible({ timeout: 60_000 });
  const listed = await runFrames(['jobs', 'list', '--workspace', workspace]);
  expect(listed).toMatch(/simulate +completed +1 /);
});
