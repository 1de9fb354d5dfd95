import { expect, test } from './harness.ts';
import { chooseMenu } from './lib/hands.ts';
import { startModelServer } from '#test/support/model-server.ts';

test('a language model is added, tested, and allowed', async ({ frames }) => {
  const server = await startModelServer(() => 'OK');
  try {
    const running = await frames.start();
    const { page } = running;
    await chooseMenu(running, 'file.preferences');
    const section = page.getByRole('region', { name: 'Language models' });
    await section.getByRole('button', { name: 'Add…' }).click();
    await page.keyboard.type('Scripted');
    await page.keyboard.press('Tab');
    await page.keyboard.type(server.url);
    await page.keyboard.press('Tab');
    await page.keyboard.type('scripted');
    await page.keyboard.press('Tab');
    await page.keyboard.type('sk-1');
    await page.keyboard.press('Enter');
    await expect(section.getByText('Scripted (in use)')).toBeVisible();
    await section.getByRole('button', { name: 'Test: Scripted' }).click();
    await expect(page.getByText(/“Scripted” answered in/)).toBeVisible();
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer sk-1']);
    await section.getByText('Names', { exact: true }).click();
    await expect(section.getByText('Also names of records', { exact: false })).toBeVisible();
    await section.getByRole('button', { name: 'Edit…: Scripted' }).click();
    await page.getByRole('textbox', { name: 'Model', exact: true }).fill('scripted-2');
    await page.keyboard.press('Enter');
    await expect(section.getByText('scripted-2', { exact: false })).toContainText('key stored');
    await section.getByRole('button', { name: 'Remove: Scripted' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(section.getByText('Scripted (in use)')).toBeVisible();
    await section.getByRole('button', { name: 'Remove: Scripted' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(section.getByText('Scripted (in use)')).toBeHidden();
  } finally {
    await server.close();
  }
});
