import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { answerDialogs } from './lib/hands.ts';
import { cellOf, goTo, noticeOf, openRecord, panelOf } from './lib/window.ts';

test('one box finds records, terms, earlier values, passages of documents and, after training, records by meaning', async ({
  frames,
}) => {
  test.slow();
  const running = await frames.startReady();
  const { page } = running;

  await test.step('keys open records and terms', async () => {
    const box = page.getByRole('combobox', { name: 'Search everything' });
    const panel = panelOf(page);

    await page.getByRole('button', { name: /Search or run a command/ }).click();
    await expect(box).toBeFocused();
    await page.keyboard.type('autonomy');
    await expect(page.getByRole('group', { name: 'Records' }).getByRole('option')).toHaveText([
      /Autonomy.*Team · /,
      /actor_autonomy.*Risk factor/,
    ]);
    await expect(page.locator('[data-selected]')).toHaveText(/^Autonomy/);
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('heading', { name: 'Autonomy' })).toBeVisible();

    // Words of the help.
    await page.keyboard.press('Control+K');
    await page.keyboard.type('knowledge lost');
    await expect(page.getByRole('group', { name: 'Terms' }).getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(box).toBeHidden();
  });

  await test.step('words of an earlier value lead to the history of the record', async () => {
    await goTo(page, 'Teams');
    const panel = await openRecord(page, 'Autonomy');
    const description = panel.getByRole('textbox', { name: 'Description' });
    await description.fill('Zephyrine valves and rotators');
    await description.press('Tab');
    await description.fill('Plans the manoeuvres');
    await description.press('Tab');
    await page.keyboard.press('Control+K');
    await page.keyboard.type('zephyrine');
    const earlier = page.getByRole('group', { name: 'Earlier values' }).getByRole('option');
    await expect(earlier).toHaveText(/Autonomy.*Description until .*Zephyrine valves/);
    await earlier.click();
    await expect(panel.getByRole('tab', { name: /^History/, selected: true })).toBeVisible();
  });

  await test.step('a document is attached to a team, found by a word inside it, and commented on', async () => {
    const path = join(frames.folder, 'Rotator_handover.pdf');
    const pages = [
      'Handover of the rotator',
      'It stalls below five degrees. Restart it with the grey switch.',
    ];
    writeFileSync(path, pdfOf(pages));
    await answerDialogs(running, path);

    await goTo(page, 'Teams');
    await cellOf(page, 'Flight software').first().click();
    await page.keyboard.press('Shift+Enter');
    const panel = panelOf(page);
    await panel.getByRole('tab', { name: 'Notes' }).click();
    await expect(panel.getByRole('button', { name: 'Handover guide of Flight software' })).toBeVisible();
    await panel.getByRole('button', { name: 'Attach file…' }).click();
    await expect(noticeOf(page, 'Attached “Rotator handover”')).toBeVisible();
    await expect(panel.getByText('Search finds its words. 2 pages.')).toBeVisible();

    await panel.getByRole('textbox', { name: 'Write a comment' }).fill('Spare rotators are in room 12.');
    await panel.getByRole('textbox', { name: 'Write a comment' }).press('Control+Enter');
    await expect(panel.getByText('Spare rotators are in room 12.')).toBeVisible();

    await page.keyboard.press('Control+K');
    await page.keyboard.type('grey switch');
    const hit = page.getByRole('option', { name: /Rotator handover/ });
    await expect(hit).toContainText('page 2');
    await expect(hit).toContainText('Flight software (');
    await hit.click();
    await expect(page.getByRole('heading', { name: 'Rotator handover' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Found on page 2' }).locator('mark')).toHaveText([
      'grey',
      'switch',
    ]);
    await page.getByRole('button', { name: 'Show text' }).click();
    const text = page.getByRole('region', { name: 'Show text' });
    await expect(text.getByText('It stalls below five degrees.')).toBeVisible();
    await expect(text.locator('mark').first()).toBeInViewport();
    await accessible(page, 'a document');
    const described = panelOf(page);
    await described.getByRole('button', { name: 'Flight software', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Flight software', level: 2 })).toBeVisible();
  });

  await test.step('after training, records are found by meaning below everything else', async () => {
    await goTo(page, 'Health');
    const index = page.getByRole('region', { name: 'Search index' });
    await expect(index.getByText('Search by meaning (English) is off.')).toBeVisible();
    await index.getByRole('button', { name: 'Train' }).click();
    await expect(index.getByText(/^Search by meaning \(English\) is on: (\d+) of \1 texts/)).toBeVisible({
      timeout: 120_000,
    });
    await page.keyboard.press('Control+K');
    await page.keyboard.type('steering the spacecraft');
    const byMeaning = page.getByRole('group', { name: 'By meaning (English)' });
    await expect(byMeaning.getByRole('option').first()).toHaveText(/% similar · /, { timeout: 30_000 });
    await expect(page.getByRole('group').last()).toHaveAccessibleName('By meaning (English)');
    await page.keyboard.press('Escape');
  });
});
