import { expect, test } from './harness.ts';
import { ready } from './lib/hands.ts';
import { cellOf, goTo, openRecord } from './lib/window.ts';

/** What is typed reaches the disk a moment later, not with every key. */
const moment = 900;

test('input in a form, a cell, a new record and a new link survives a killed program', async ({ frames }) => {
  const first = await frames.start();
  await ready(first);
  await goTo(first.page, 'Teams');
  // Into the form of a new record.
  await first.page.getByRole('button', { name: 'New team' }).first().click();
  await first.page.getByRole('textbox', { name: 'Name' }).fill('Never made');
  // Into a field that is not left yet, so that it was not saved.
  const panel = await openRecord(first.page, 'Autonomy');
  await panel.getByRole('textbox', { name: 'Description' }).pressSequentially('Half a sentence');
  await first.page.waitForTimeout(moment);
  first.app.process().kill('SIGKILL');
  await first.app.waitForEvent('close').catch(() => {});

  const second = await frames.start();
  await ready(second);
  await goTo(second.page, 'Teams');
  const again = await openRecord(second.page, 'Autonomy');
  await expect(again.getByRole('textbox', { name: 'Description' })).toHaveValue(/^Half a sentence/);
  // Into a link that is not added yet.
  await again.getByRole('tab', { name: /Links/ }).click();
  await again.getByRole('button', { name: 'Add link' }).click();
  await again.getByLabel('With', { exact: true }).pressSequentially('Attitude');
  await second.page
    .getByRole('option', { name: /Attitude control/ })
    .first()
    .click();
  await again.getByRole('textbox', { name: 'Energy lost' }).fill('22');
  await second.page.getByRole('button', { name: 'New team' }).first().click();
  await expect(second.page.getByRole('textbox', { name: 'Name' })).toHaveValue('Never made');
  await second.page.keyboard.press('Escape');

  // Into a cell that is still being edited.
  await cellOf(second.page, 'Magnetometer').first().click();
  await second.page.keyboard.press('F2');
  await second.page.keyboard.press('End');
  await second.page.keyboard.type(' mark two');
  await second.page.waitForTimeout(moment);
  second.app.process().kill('SIGKILL');
  await second.app.waitForEvent('close').catch(() => {});

  const third = await frames.start();
  await ready(third);
  await goTo(third.page, 'Teams');
  await expect(third.page.getByRole('gridcell', { name: /Magnetometer mark two/ })).toBeVisible();
  // The link waits where it was begun.
  const links = third.page.getByRole('tabpanel');
  await openRecord(third.page, 'Autonomy');
  await third.page.getByRole('tab', { name: /Links/ }).click();
  await expect(links.getByText('This link is not saved yet.')).toBeVisible();
  await expect(links.getByLabel('With', { exact: true })).toHaveValue(/Attitude control/);
  await expect(links.getByRole('textbox', { name: 'Energy lost' })).toHaveValue('22');
  await links.getByRole('button', { name: 'Add link', exact: true }).click();
  await expect(links.getByText('This link is not saved yet.')).toBeHidden();
  await expect(links.getByText(/Attitude control/).first()).toBeVisible();
});
