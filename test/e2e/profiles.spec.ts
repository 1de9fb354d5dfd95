import { expect, test } from './harness.ts';
import { ready } from './lib/hands.ts';
import { goTo, noticeOf } from './lib/window.ts';

test('the own name is changed where one sees who acts, and the history says under which name others read “you”', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await page.getByRole('button', { name: /^You act as/ }).click();
  await page.getByRole('menuitem', { name: 'Change your name…' }).click();
  const form = page.getByRole('dialog', { name: 'Change your name' });
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  // The name as it was is selected: what is typed takes its place.
  await page.keyboard.type('Mira Castellano');
  await page.keyboard.press('Enter');
  await expect(noticeOf(page, 'You are called Mira Castellano now')).toBeVisible();
  await expect(page.getByRole('button', { name: 'You act as Mira Castellano' })).toBeVisible();
  await goTo(page, 'History');
  await page.getByRole('option', { name: /^Renamed the profile .+ to Mira Castellano/ }).click();
  const detail = page.getByRole('complementary', { name: 'What this changed' });
  await expect(detail.getByText('by you (Mira Castellano)')).toBeVisible();
  await frames.picture(running, 'profile-renamed');
  await noticeOf(page, 'You are called').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'You act as Mira Castellano' })).toBeHidden();
});

test('the buttons of a new profile stay where they are when the warning comes', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await page.getByRole('button', { name: /^You act as/ }).click();
  await page.getByRole('menuitem', { name: 'Add profile…' }).click();
  const form = page.getByRole('dialog', { name: 'Add a profile' });
  const add = form.getByRole('button', { name: 'Add profile' });
  const warning = form.getByText(/^An editor without a university/);
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expect(warning).toBeHidden();
  // The dialog has come to rest when it can be pointed at.
  await add.hover();
  const before = await add.boundingBox();
  await form.getByRole('textbox', { name: 'Name' }).fill('Kim');
  await expect(warning).toBeVisible();
  expect(await add.boundingBox()).toEqual(before);
  await frames.picture(running, 'profile-warned');
  await form.getByRole('radio', { name: /^Viewer/ }).check();
  await expect(warning).toBeHidden();
  expect(await add.boundingBox()).toEqual(before);
});
