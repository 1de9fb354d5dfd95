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

test('a university is taken by Enter, and a profile without one is given it later, with Undo', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await page.getByRole('button', { name: /^You act as/ }).click();
  await page.getByRole('menuitem', { name: 'Add profile…' }).click();
  const form = page.getByRole('dialog', { name: 'Add a profile' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Kim');
  const university = form.getByRole('textbox', { name: 'University' });
  await university.click();
  await page.keyboard.type('Nowhere at all');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('.pick-list').getByText(/^No record is called “Nowhere at all”/)).toBeVisible();
  await frames.picture(running, 'profile-university-refused');
  await university.fill('');
  await university.press('Enter');
  await expect(form).toBeVisible();
  await form.getByRole('button', { name: 'Add profile' }).click();
  await expect(noticeOf(page, 'Added the profile Kim')).toBeVisible();

  await page.getByRole('button', { name: /^You act as/ }).click();
  await frames.picture(running, 'profile-menu');
  await page.getByRole('menuitem', { name: 'Change profiles…' }).click();
  const change = page.getByRole('dialog', { name: 'Change a profile' });
  await expect(change.getByRole('combobox', { name: 'Profile' })).toHaveValue('Kim · Editor');
  await change.getByRole('textbox', { name: 'University' }).click();
  await page.keyboard.type('Summit');
  await expect(page.getByRole('option', { name: /Summit/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(change.getByRole('textbox', { name: 'University' })).toHaveValue('Summit State');
  await frames.picture(running, 'profile-change');
  await page.keyboard.press('Enter');
  await expect(change).toBeHidden();
  await expect(noticeOf(page, 'Changed the profile Kim')).toBeVisible();
  await noticeOf(page, 'Changed the profile Kim').getByRole('button', { name: 'Undo' }).click();
  await expect(noticeOf(page, /^Undid: Changed the profile Kim: university .*Summit/)).toBeVisible();

  // Whoever acts is warned before giving up what only another could give back.
  await page.getByRole('button', { name: /^You act as/ }).click();
  await page.getByRole('menuitem', { name: 'Change profiles…' }).click();
  await change.getByRole('combobox', { name: 'Profile' }).click();
  await page.getByRole('option', { name: / · Admin$/ }).click();
  const save = change.getByRole('button', { name: 'Save' });
  await save.hover();
  const before = await save.boundingBox();
  await change.getByRole('radio', { name: /^Viewer/ }).check();
  await expect(change.getByText(/^You are the only admin/)).toBeVisible();
  expect(await save.boundingBox()).toEqual(before);
  await save.click();
  await expect(change.getByRole('alert')).toContainText('Role must stay admin');
  await frames.picture(running, 'profile-last-admin');
});
