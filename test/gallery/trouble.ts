import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPictureOf, wantedScreens } from '#scripts/lib/gallery.ts';
import { expect, test } from '../e2e/harness.ts';
import { dropFile, ready } from '../e2e/lib/hands.ts';
import { largeFile } from '../e2e/lib/large-file.ts';
import { nextDataPid } from '../e2e/lib/launch.ts';
import { showNetwork } from '../e2e/lib/screens/network.ts';
import { NOW, startStill } from '../e2e/lib/still.ts';
import { cellOf, goTo } from '../e2e/lib/window.ts';
import { keepPicture, sized } from './picture.ts';

const wanted = wantedScreens(process.env);
/** A test that takes a picture, unless SCREENS names others. */
function picture(screen: string, title: string, take: Parameters<typeof test>[2]): void {
  if (isPictureOf(wanted, `${screen}-light.png`)) test(title, take);
}

// What one sees only where something is amiss or takes long. Each is started for itself: the next screen cannot be reached from it.
for (const theme of ['light', 'dark'] as const) {
  picture('network-without-webgl', `a picture of the network without WebGL, ${theme}`, async ({ frames }) => {
    const args = ['--disable-gpu', '--disable-3d-apis'];
    const running = await startStill(frames, { folder: frames.folder, ground: 'sample', theme, args });
    await sized(running);
    await showNetwork(running);
    await expect(running.page.getByText(/^WebGL is missing/)).toBeVisible();
    await keepPicture(running, `network-without-webgl-${theme}`);
  });

  picture(
    'data-process-gone',
    `a picture of records that cannot be reached, ${theme}`,
    async ({ frames }) => {
      frames.expectTrouble(/data process ended/);
      const running = await startStill(frames, { folder: frames.folder, ground: 'sample', theme });
      await sized(running);
      await goTo(running.page, 'Teams');
      await expect(running.page.getByRole('row').nth(5)).toBeVisible();
      let pid: number | null = null;
      for (let round = 0; round < 6; round += 1) {
        pid = await nextDataPid(running, pid);
        process.kill(pid, 'SIGKILL');
      }
      const notice = running.page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
      await expect(notice).toBeVisible();
      await keepPicture(running, `data-process-gone-${theme}`);
    },
  );

  picture(
    'recovery-salvage',
    `a picture of what is offered where the file is damaged, ${theme}`,
    async ({ frames }) => {
      frames.expectTrouble(/data process (ended|failed)/);
      const first = await startStill(frames, { folder: frames.folder, ground: 'sample', theme });
      await ready(first);
      await frames.quit(first);
      const workspace = join(frames.folder, `sample-${theme}`);
      const live = join(workspace, 'frames.sqlite');
      writeFileSync(live, readFileSync(live).fill(0xa5, 0, 4096));
      const running = await frames.start({ userData: first.userData, workspace });
      await running.page.clock.setFixedTime(NOW);
      await running.page.reload();
      await sized(running);
      const offer = running.page.getByRole('region', { name: 'Salvage readable records' });
      await expect(offer.getByRole('button', { name: 'Salvage records' })).toBeVisible({ timeout: 60_000 });
      await keepPicture(running, `recovery-salvage-${theme}`);
    },
  );

  picture('undo-in-the-way', `a picture of what is in the way of an undo, ${theme}`, async ({ frames }) => {
    const running = await startStill(frames, { folder: frames.folder, ground: 'sample', theme });
    const { page } = running;
    await sized(running);
    await goTo(page, 'Teams');
    for (const [name, next] of [
      ['Autonomy', 'Autonomy one'],
      ['Autonomy one', 'Autonomy two'],
    ] as const) {
      await cellOf(page, name).click();
      await page.keyboard.press('F2');
      await page.getByRole('grid').getByRole('textbox').fill(next);
      await page.keyboard.press('Enter');
      await expect(cellOf(page, next)).toBeVisible();
    }
    await goTo(page, 'History');
    await page.getByRole('option').nth(1).click();
    await page.getByRole('button', { name: 'Undo this change' }).click();
    await expect(page.getByRole('dialog', { name: 'Can’t undo this change alone' })).toBeVisible();
    await keepPicture(running, `undo-in-the-way-${theme}`);
  });

  picture('import-progress', `a picture of an import under way, ${theme}`, async ({ frames }) => {
    const running = await startStill(frames, { folder: frames.folder, ground: 'empty', theme });
    const { page } = running;
    await sized(running);
    await ready(running);
    await dropFile(running, largeFile(frames.folder, 60_000));
    await page.getByRole('button', { name: /^Import 60,000 records/ }).click({ timeout: 60_000 });
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    await keepPicture(running, `import-progress-${theme}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText(/^Import .*: cancelled$/)).toBeVisible();
  });
}
