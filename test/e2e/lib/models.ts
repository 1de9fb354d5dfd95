import type { DisclosureLevel } from '#shared/contract/ask.ts';
import { expect } from '@playwright/test';
import { chooseMenu } from './hands.ts';
import type { Running } from './launch.ts';

const levels: Readonly<Record<DisclosureLevel, string>> = {
  off: 'Nothing',
  schema: 'Schema',
  names: 'Names',
  rows: 'Rows',
};

/** Adds a model in Preferences and says what may be sent to it. */
export async function addModel(running: Running, url: string, level: DisclosureLevel): Promise<void> {
  const { page } = running;
  await chooseMenu(running, 'file.preferences');
  const section = page.getByRole('region', { name: 'Language models' });
  await section.getByRole('button', { name: 'Add…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Scripted');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
  await dialog.getByRole('textbox', { name: 'Model' }).fill('scripted');
  await dialog.getByRole('textbox', { name: 'Model' }).press('Enter');
  await expect(section.getByText('Scripted (in use)')).toBeVisible();
  await section.getByText(levels[level], { exact: true }).click();
}

/** Removes the model of `addModel`. */
export async function removeModel(running: Running): Promise<void> {
  await chooseMenu(running, 'file.preferences');
  const section = running.page.getByRole('region', { name: 'Language models' });
  await section.getByRole('button', { name: 'Remove: Scripted' }).click();
  await running.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(section.getByText('Scripted (in use)')).toBeHidden();
}
