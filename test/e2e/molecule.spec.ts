import type { Locator, Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { drag } from './lib/network.ts';
import { goTo, noticeOf, panelOf } from './lib/window.ts';

interface Point {
  x: number;
  y: number;
}

const nodeOf = (page: Page, name: string): Locator =>
  page.getByRole('application', { name: /^Molecule of/ }).getByRole('button', { name: `${name} ·` });

/** The middle of a node's sign: its name lies below. */
async function centreOf(node: Locator): Promise<Point> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await node.locator('path').first().boundingBox()) ?? {};
  return { x: x + width / 2, y: y + height / 2 };
}

test('a team that is dragged into another ring is saved there, undone, and changed when that is accepted', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  await goTo(page, 'Molecule');
  const [team, nucleus] = [nodeOf(page, 'Solar panels'), nodeOf(page, 'Pathfinder')];
  await expect(team).toHaveAccessibleName(/incoming/);
  const [from, centre] = [await centreOf(team), await centreOf(nucleus)];
  // From the first ring into the second: at 290 instead of 200.
  const to = { x: centre.x + (from.x - centre.x) * 1.45, y: centre.y + (from.y - centre.y) * 1.45 };
  const isAt = async (point: Point): Promise<void> =>
    expect(async () => {
      const now = await centreOf(team);
      expect(Math.hypot(now.x - point.x, now.y - point.y)).toBeLessThan(4);
    }).toPass();
  const proposals = page.getByRole('region', { name: 'Suggested changes' });
  const proposal = proposals.getByRole('listitem').filter({ hasText: 'Move “Solar panels” to established?' });

  await test.step('the place is saved as one change, and undone', async () => {
    await drag(page, from, to);
    await expect(proposal).toBeVisible();
    await expect(noticeOf(page, 'Saved the position of “Solar panels”')).toBeVisible();
    await isAt(to);
    await accessible(page, 'a proposal in the molecule');
    await page.keyboard.press('Control+Z');
    await expect(proposals).toBeHidden();
    await isAt(from);
  });

  await test.step('what is refused goes back into its ring; what is accepted is written', async () => {
    await drag(page, from, to);
    await proposal.getByRole('button', { name: 'Refuse' }).click();
    await expect(proposal).toBeHidden();
    await expect(team).toHaveAccessibleName(/incoming/);
    const within = await centreOf(team);
    await drag(page, within, to);
    await proposal.getByRole('button', { name: 'Accept' }).click();
    await expect(noticeOf(page, 'Moved “Solar panels” to established')).toBeVisible();
    await expect(team).toHaveAccessibleName(/established/);
    await isAt(to);
  });

  await test.step('a click says what is lost without it, and keys walk to the next', async () => {
    const at = await centreOf(nucleus);
    await page.mouse.click(at.x, at.y);
    await expect(
      page.getByText(/^Losing “Pathfinder” would cost .*% of the knowledge people rely on/),
    ).toBeVisible();
    await nucleus.focus();
    await page.keyboard.press('ArrowRight');
    await expect(nucleus).not.toBeFocused();
    await expect(page.getByRole('application').locator(':focus')).toHaveCount(1);
  });

  await test.step('with Shift, a link is drawn to another record', async () => {
    const solar = await centreOf(team);
    await page.keyboard.down('Shift');
    await drag(page, solar, await centreOf(nodeOf(page, 'Thermal')));
    await page.keyboard.up('Shift');
    const panel = panelOf(page);
    await expect(panel.getByRole('textbox', { name: 'With', exact: true })).toHaveValue(/Thermal/);
  });
});
