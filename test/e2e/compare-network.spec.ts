import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import { drawn } from './lib/network.ts';
import { cellOf, countOf, goTo, rowOf } from './lib/window.ts';

test('what differs is drawn as a network, listed beside it for the keyboard, and chosen there as in the list', async ({
  frames,
}) => {
  const running = await frames.start({ args: drawn });
  const { page } = running;
  await ready(running);
  await chooseMenu(running, 'play.new');
  await page
    .getByRole('dialog', { name: 'New sandbox' })
    .getByRole('textbox')
    .first()
    .fill('Spring handover');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing here touches live until you promote it.')).toBeVisible();
  await ready(running);
  await goTo(page, 'Teams');
  const sizeOf = async (name: string, size: string): Promise<void> => {
    await rowOf(page, name).getByRole('gridcell').nth(6).click();
    await page.keyboard.type(size);
    await page.keyboard.press('Enter');
    await expect(rowOf(page, name).getByRole('gridcell', { name: size, exact: true })).toBeVisible();
  };
  await sizeOf('Autonomy', '41');
  await sizeOf('Documentation', '42');
  await cellOf(page, 'Integration and test').click();
  await chooseMenu(running, 'record.delete');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(page.getByTitle('You are looking at the live records of this workspace.')).toBeVisible();
  await ready(running);
  await goTo(page, 'Teams');
  await sizeOf('Autonomy', '37');

  await goTo(page, 'Play');
  await page.getByRole('button', { name: 'Compare the sandbox Spring handover with live' }).click();
  await expect(page.getByRole('group', { name: 'Which counts of Autonomy: Size' })).toBeVisible();
  // By the keyboard from the list to the network.
  await page.getByRole('radio', { name: 'List' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('img', { name: /differences? as a network/ })).toBeVisible();
  const list = page.getByRole('region', { name: 'Differences in the network' });
  const item = (name: RegExp) => list.getByRole('button', { name });
  const removed = item(/^Deleted in Play: Integration and test Team$/);
  await expect(removed).toBeVisible();
  const legend = page.getByRole('list', { name: 'What the colours mean' });
  await expect(legend.getByRole('listitem').filter({ hasText: 'In conflict' })).toContainText('1');

  await item(/^In conflict: Autonomy/).click();
  const card = page.getByRole('article', { name: 'What is different about Autonomy' });
  await card.getByRole('button', { name: 'Take Play' }).click();
  await frames.picture(running, 'compare-network');
  await chooseMenu(running, 'view.dark');
  await frames.picture(running, 'compare-network-dark');
  await page.getByRole('button', { name: 'Show everything' }).focus();
  // By keyboard alone: to the list, along it, and into a difference.
  await page.keyboard.press('Tab');
  await expect(item(/^In conflict: Autonomy/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article', { name: /^What is different about/ })).toHaveCount(0);
  await removed.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Carry over', exact: true }).uncheck();

  await page.getByRole('searchbox', { name: 'Find by name' }).fill('Documentation');
  await expect(list.getByRole('button')).toHaveText([/^~.*Documentation/]);
  await page.getByRole('searchbox', { name: 'Find by name' }).fill('');
  await page.locator('.compare-narrow label', { hasText: 'List' }).click();
  // What was chosen in the picture is chosen in the list.
  await expect(
    page.getByRole('checkbox', { name: 'Carry over Integration and test', exact: true }),
  ).not.toBeChecked();
  await expect(page.getByRole('button', { name: 'Take Play' })).toHaveAttribute('aria-pressed', 'true');
});
