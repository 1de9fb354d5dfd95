import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { accessible } from './lib/axe.ts';
import { answerDialogs, ready } from './lib/hands.ts';
import { cellOf, goTo, noticeOf } from './lib/window.ts';

test('a handover document is attached to a team, found by a word inside it, and commented on', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const path = join(frames.folder, 'Rotator_handover.pdf');
  const pages = ['Handover of the rotator', 'It stalls below five degrees. Restart it with the grey switch.'];
  writeFileSync(path, pdfOf(pages));
  await answerDialogs(running, path);

  await goTo(page, 'Teams');
  await cellOf(page, 'Flight software').first().click();
  await page.keyboard.press('Shift+Enter');
  const panel = page.getByRole('complementary', { name: 'Record' });
  await panel.getByRole('tab', { name: 'Notes' }).click();
  await expect(panel.getByRole('button', { name: 'Handover guide of Flight software' })).toBeVisible();
  await panel.getByRole('button', { name: 'Attach file…' }).click();
  await expect(noticeOf(page, 'Attached “Rotator handover”')).toBeVisible();
  await expect(panel.getByText('Search finds its words. 2 pages.')).toBeVisible();

  await panel.getByRole('textbox', { name: 'Write a comment' }).fill('Spare rotators are in room 12.');
  await panel.getByRole('textbox', { name: 'Write a comment' }).press('Control+Enter');
  await expect(panel.getByText('Spare rotators are in room 12.')).toBeVisible();
  const similar = panel.getByRole('region', { name: 'Similar records' });
  await expect(similar.getByText('By shared words')).toBeVisible();
  await expect(similar.getByText('Search by meaning is off.')).toBeVisible();
  await expect(similar.getByText(/Shares /).first()).toBeVisible();
  await accessible(page, 'notes of a team');

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
  const described = page.getByRole('complementary', { name: 'Record' });
  await described.getByRole('button', { name: 'Flight software', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Flight software', level: 2 })).toBeVisible();
});
