import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Running } from './lib/launch.ts';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu } from './lib/hands.ts';
import { goTo, noticeOf } from './lib/window.ts';

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

async function saved(
  running: Running,
  folder: string,
  file: string,
  begin: () => Promise<void>,
): Promise<Buffer> {
  const path = join(folder, file);
  await answerDialogs(running, path);
  await begin();
  await expect(noticeOf(running.page, `Saved “${file}”`)).toBeVisible({ timeout: 60_000 });
  return readFileSync(path);
}

test('lists, the network and answers are saved as PDF, and shared as one page each', async ({ frames }) => {
  const running = await frames.startReady();
  const { page } = running;
  await test.step('a list is printed over several pages, the network on one', async () => {
    await goTo(page, 'Links');
    await expect(page.getByRole('row').nth(5)).toBeVisible();
    const list = await saved(running, frames.folder, 'list.pdf', () =>
      chooseMenu(running, 'file.printToFile'),
    );
    expect(pagesOf(list)).toBeGreaterThan(3);
    await goTo(page, 'Network');
    await expect(page.getByTestId('network-body')).toBeVisible();
    const network = await saved(running, frames.folder, 'network.pdf', () =>
      chooseMenu(running, 'file.printToFile'),
    );
    expect(pagesOf(network)).toBe(1);
  });

  const share = async (file: string, names: 'with' | 'without'): Promise<string> => {
    const html = await saved(running, frames.folder, file, async () => {
      await chooseMenu(running, 'file.share');
      const dialog = page.getByRole('dialog', { name: 'Share as page' });
      if (names === 'with') await dialog.getByRole('checkbox', { name: 'Names of people' }).check();
      await dialog.getByRole('button', { name: 'Choose where…' }).click();
    });
    const text = html.toString('utf8');
    expect(text).not.toMatch(/https?:|<script|\b(?:src|href)\s*=|url\(/);
    return text;
  };

  await test.step('an answer is one page, and tagged PDF of one page, with the same bytes each time', async () => {
    await goTo(page, 'Insights');
    await expect(page.getByText(/in .* stress tests/).first()).toBeVisible({ timeout: 30_000 });
    const answer = await share('answer.html', 'without');
    const heading = await page.getByRole('heading', { level: 1 }).textContent();
    expect(answer).toContain(`<h1>${heading}</h1>`);
    expect(answer).toContain('<svg class="network"');
    const save = (file: string, what: string): Promise<Buffer> =>
      saved(running, frames.folder, file, async () => {
        await page.getByRole('button', { name: 'Evidence (PDF)' }).click();
        await page.getByRole('menuitem', { name: what }).click();
      });
    const one = await save('one.pdf', 'This question…');
    const text = one.toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(text).toContain('/Marked true');
    expect(text).not.toContain('/Subtype /Image');
    expect((await save('again.pdf', 'This question…')).equals(one)).toBe(true);
    const all = await save('all.pdf', 'All questions…');
    expect(all.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  await test.step('the network is one page, with names of people', async () => {
    await goTo(page, 'Network');
    await expect(page.getByTestId('network-body')).toBeVisible();
    const network = await share('network.html', 'with');
    expect(network).toContain('<div class="picture"><svg width=');
    expect(network).toContain('Solar panels');
  });
});
