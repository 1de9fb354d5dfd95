import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answered, sheetsOf } from '#test/support/answers.ts';
import { workbook } from '#test/support/workbook.ts';
import { answerDialogs, chooseMenu, dropFile } from '../hands.ts';
import type { Running } from '../launch.ts';
import { noticeOf } from '../window.ts';
import { floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

const heading = /have answered since/;

/** Hands out sheets of all teams, and gives them back as some of them answer. */
async function handOutAndAnswer(running: Running): Promise<string> {
  const { page } = running;
  const path = join(mkdtempSync(join(tmpdir(), 'frames-screen-')), 'links.xlsx');
  await answerDialogs(running, path);
  await page.getByRole('button', { name: 'Hand out sheets…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Hand out sheets' });
  await dialog.getByRole('button', { name: 'Save workbook…' }).click();
  const written = noticeOf(page, /Saved “links\.xlsx”/);
  await written.getByRole('button', { name: 'Dismiss' }).click();
  await written.waitFor({ state: 'hidden' });
  const teams = Object.entries(sheetsOf(path)).slice(0, 6);
  const sheets = answered(Object.fromEntries(teams), (cells) =>
    String(cells['FRAMES id']).startsWith('new link of ') ? {} : { 'Still true?': 'yes' },
  );
  const [name = '', [head = [], first = [], ...rows] = []] = Object.entries(sheets)[1] ?? [];
  const said = first.map((cell, at) => (head[at] === 'Still true?' ? 'maybe' : cell));
  writeFileSync(path, await workbook({ ...sheets, [name]: [head, said, ...rows] }));
  return path;
}

/** Drops answered sheets and waits for the import page: the page below has a *Read answers…* button too. */
export async function dropAnswers(running: Running): Promise<void> {
  await dropFile(running, await handOutAndAnswer(running));
  await running.page.getByText('This workbook has confirmation sheets.').waitFor();
}

async function open(running: Running): Promise<void> {
  await chooseMenu(running, 'go.confirm');
  await running.page.getByText(heading).waitFor();
}

async function offerAnswers(running: Running): Promise<void> {
  await open(running);
  await dropAnswers(running);
}

/** Links that teams confirm once a term, and what contacts say about them. */
export const confirmScreens: readonly Screen[] = [
  sampleScreen('evidence', async (running) => {
    await chooseMenu(running, 'go.evidence');
    await running.page.getByRole('heading', { name: 'Links from contacts' }).waitFor();
    await running.page.getByText(/proposals from contacts/).waitFor();
  }),
  { name: 'confirm-offered', ground: 'sample', show: offerAnswers },
  floatingScreen('confirm-answers', async (running) => {
    await offerAnswers(running);
    await running.page.getByRole('button', { name: 'Read answers…' }).click();
    await running.page.getByText(/cannot be used/).waitFor();
  }),
];
