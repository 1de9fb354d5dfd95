import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { runFrames, verifyWorkspace } from './lib/command.ts';
import { answerDialogs } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { countOf } from './lib/window.ts';

/** What one person does by hand, counted. */
class Hand {
  readonly #running: Running;
  clicks = 0;

  constructor(running: Running) {
    this.#running = running;
  }

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  /** Presses what opens the system's dialog, chooses a file in it, and presses Open. */
  async chooseFile(button: Locator, name: string): Promise<void> {
    await answerDialogs(this.#running, join(root, 'test', 'fixtures', 'stranger', name));
    await this.click(button);
    this.clicks += 2;
  }
}

interface Listed {
  id: string;
  title: string;
  payload: Record<string, unknown>;
}

/** All records of a type, by what a workspace that no window has open says of them. */
async function list(workspace: string, type: string): Promise<Listed[]> {
  const printed = await runFrames(
    `entities list ${type} --limit 200 --json --workspace`.split(' ').concat(workspace),
  );
  return (JSON.parse(printed) as { rows: Listed[] }).rows;
}

/** The records of a workspace by their ids, as "Thermal (TU München)". */
async function namesIn(workspace: string): Promise<(id: unknown) => string> {
  const types = ['university', 'team', 'faculty', 'student', 'project'];
  const all = (await Promise.all(types.map((type) => list(workspace, type)))).flat();
  const byId = new Map(all.map((one) => [one.id, one]));
  const name = (id: unknown): string => {
    const found = typeof id === 'string' ? byId.get(id) : undefined;
    if (!found) return '';
    const university = name(found.payload.university_id);
    return university === '' ? found.title : `${found.title} (${university})`;
  };
  return name;
}

test('a new user imports a roster, a table of links and a graph of another tool with 25 clicks', async ({
  frames,
}) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.startReady({ workspace });
  const { page } = running;
  const hand = new Hand(running);
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });

  await test.step('the roster: students and faculty, told apart by a column', async () => {
    await hand.chooseFile(button(/^From a spreadsheet/), 'mitglieder.xlsx');
    await expect(
      page.getByText(
        /^4 faculty members and 18 students will be added\. Also added, because rows name them: 3 universities and 8 teams/,
      ),
    ).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Sheet' })).toHaveValue('Mitglieder');
    await hand.click(button('6 issues'));
    await expect(page.getByText('“Summe” looks like a total of other rows')).toBeVisible();
    await hand.click(button('Import 33 records'));
    await expect(page.getByRole('heading', { name: 'Imported “mitglieder.xlsx”' })).toBeVisible();
    await expect(button('5 rows are left out.')).toBeVisible();
    await expect(page.getByText(/^“Stand: 03\.11\.2026/)).toBeVisible();
    await expect(page.getByText('“Leitung” as role: 1')).toBeVisible();
  });

  await test.step('the links: an older encoding, names of two teams, and one that nobody has', async () => {
    await hand.chooseFile(button('Import another file…'), 'vazby-1250.csv');
    await expect(page.getByText(/encoding was guessed: windows-1250/)).toBeVisible();
    await hand.click(button('3 issues'));
    await hand.click(button('Read as “Thermal (TU München)”'));
    await hand.click(button('Read as “Software (Politechnika Łódzka)”'));
    const unknown = page.getByRole('listitem').filter({ hasText: 'No record is named “Bodensegment”' });
    await hand.click(unknown.getByRole('textbox', { name: 'Use existing record' }));
    await hand.click(page.getByRole('option', { name: /^Bodenstation/ }));
    await expect(page.getByRole('heading', { name: 'No issues' })).toBeVisible();
    await hand.click(button('Import 20 links'));
    await expect(page.getByRole('heading', { name: 'Imported “vazby-1250.csv”' })).toBeVisible();
  });

  await test.step('the graph: teams that are here, and others', async () => {
    await hand.chooseFile(button('Import another file…'), 'schnittstellen.gml');
    await expect(page.getByText(/^Graph \(nodes: 18, edges: 24\)/)).toBeVisible();
    await expect(page.getByText('“name” describes the whole graph and is not imported.')).toBeVisible();
    await hand.click(page.getByRole('combobox', { name: 'Import “mitglieder” as' }));
    await hand.click(page.getByRole('option', { name: 'Size', exact: true }));
    await hand.click(page.getByRole('radio', { name: 'Update existing records' }));
    await expect(page.getByText(/2 teams will be updated\./)).toBeVisible();
    await hand.click(button('Import 39 records'));
    await expect(page.getByRole('heading', { name: 'Imported “schnittstellen.gml”' })).toBeVisible();
    await expect(countOf(page, 'Links')).toHaveText(/44$/);
  });

  expect(hand.clicks).toBeLessThanOrEqual(25);
  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({
    ok: true,
    counts: { universities: 3, teams: 15, faculty: 7, students: 18, projects: 3, interfaces: 44 },
  });

  const teams = await list(workspace, 'team');
  const people = [...(await list(workspace, 'faculty')), ...(await list(workspace, 'student'))];
  const name = await namesIn(workspace);
  expect(teams.map(({ id }) => name(id)).toSorted()).toEqual(
    [
      ...['Antrieb', 'Avionik', 'Lageregelung', 'Software', 'Thermal'].map((team) => `${team} (TU München)`),
      ...['Funk & Antennen', 'Missionsbetrieb', 'Nutzlast „Żubr“', 'Software', 'Struktur', 'Thermal'].map(
        (team) => `${team} (Politechnika Łódzka)`,
      ),
      ...['Bodenstation', 'Energieversorgung', 'Optik', 'Vakuumtechnik'].map(
        (team) => `${team} (ČVUT Praha)`,
      ),
    ].toSorted(),
  );
  // The graph says how many are in a team that the roster brought.
  expect(teams.find(({ title }) => title === 'Avionik')?.payload).toMatchObject({ size: 3 });

  const costs = people.map(({ payload }) => payload['Reisekosten (€)'] ?? 0) as number[];
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(11_558, 6);
});
