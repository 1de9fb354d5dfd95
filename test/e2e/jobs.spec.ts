import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { runFrames } from './lib/command.ts';
import { chooseMenu } from './lib/hands.ts';
import { nextDataPid } from './lib/launch.ts';

test('a job that a command added runs in the window, and starts again after its process was killed', async ({
  frames,
}) => {
  frames.expectTrouble(/data process ended/);
  const workspace = join(frames.folder, 'W');
  await runFrames(['seed', '--size', 'small', '--workspace', workspace]);
  const running = await frames.start({ workspace });
  const { page } = running;
  await chooseMenu(running, 'go.jobs');
  await expect(page.getByRole('button', { name: 'Back up in the background' })).toBeVisible();

  // Some five seconds of work.
  const input = JSON.stringify({ terms: 20, runs: 10_000 });
  await runFrames(['jobs', 'add', 'simulate', '--input', input, '--workspace', workspace]);
  await expect(page.getByRole('button', { name: '1 job running' })).toBeVisible();
  const pid = await nextDataPid(running, null);
  process.kill(pid, 'SIGKILL');
  await nextDataPid(running, pid);

  // Its lease lasts 15 seconds.
  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByText(/^Completed .* attempt 2 of 2$/)).toBeVisible({ timeout: 60_000 });
  const listed = await runFrames(['jobs', 'list', '--workspace', workspace]);
  expect(listed).toMatch(/simulate +completed +2 /);
});
