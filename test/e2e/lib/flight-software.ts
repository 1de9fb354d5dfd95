import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { TestRepository } from '#test/core/code-maps/fixture.ts';
import type { Author } from '#test/core/code-maps/fixture.ts';
import { runFrames } from './command.ts';
import { answerDialogs } from './hands.ts';
import type { Running } from './launch.ts';
import { goTo, noticeOf, openRecord } from './window.ts';

interface Student {
  title: string;
  payload: { terms_remaining?: number };
}

const authorOf = ({ title }: Student): Author => ({
  name: title,
  email: `${title.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@uni.example`,
});

export interface FlightSoftware {
  repository: TestRepository;
  workspace: string;
  /** A student of the sample who stays, and wrote the radio. */
  stayer: Author;
}

/** A repository whose attitude control only a student of the sample who leaves knows. */
export async function writeFlightSoftware({ userData, workspace }: Running): Promise<FlightSoftware> {
  const listed = await runFrames([
    'entities',
    'list',
    'student',
    '--limit',
    '500',
    '--workspace',
    workspace,
    '--json',
  ]);
  const students = (JSON.parse(listed) as { rows: Student[] }).rows;
  const studentWith = (isFitting: (terms: number) => boolean): Author => {
    const found = students.find(({ payload }) => isFitting(payload.terms_remaining ?? 3));
    if (!found) throw new Error('The sample lacks such a student.');
    return authorOf(found);
  };
  const [leaver, stayer] = [studentWith((terms) => terms <= 1), studentWith((terms) => terms >= 5)];
  const repository = new TestRepository(join(dirname(userData), 'flight-software'));
  const write = (path: (index: number) => string, count: number, text: string): void => {
    for (let index = 1; index <= count; index += 1) repository.write(path(index), text.repeat(index));
  };
  write((index) => `src/adcs/control${index}.c`, 11, '#include "../comms/radio1.h"\n');
  repository.commit(leaver, 'Attitude control');
  write((index) => `src/comms/radio${index}.h`, 8, '#define RADIO\n');
  write((index) => `src/power/battery${index}.c`, 6, '#include "../comms/radio2.h"\n');
  repository.commit(stayer, 'Radio and power');
  write((index) => `ground/pass${index}.py`, 5, 'import os\n');
  repository.commit({ name: 'lab', email: 'lab@pc.example' }, 'Ground station');
  return { repository, workspace, stayer };
}

/** Makes the record of the repository, reads its folder and confirms its authors. Returns the panel, at the code. */
export async function connectRepository(running: Running, { repository }: FlightSoftware): Promise<Locator> {
  const { page } = running;
  await goTo(page, 'Repositories');
  await page.getByRole('button', { name: 'New repository' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Flight software');
  await page.getByRole('button', { name: 'Create repository' }).click();
  const panel = await openRecord(page, 'Flight software');
  await panel.getByRole('tab', { name: 'Code' }).click();
  await answerDialogs(running, repository.folder);
  await panel.getByRole('button', { name: 'Choose folder…' }).click();
  await expect(noticeOf(page, 'Scanned Flight software: 3 commits')).toBeVisible({ timeout: 30_000 });
  await panel.getByRole('button', { name: 'Confirm all 2' }).click();
  await expect(panel.getByText('2 known authors')).toBeVisible();
  return panel;
}

/** Plans the repair of the first item of Insights with its tasks, and opens it. */
export async function planRepair({ page }: Running): Promise<Locator> {
  await page.getByRole('button', { name: /^Plan repair/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(noticeOf(page, 'Planned 3 tasks')).toBeVisible();
  await page.getByRole('button', { name: 'Planned', exact: true }).click();
  return page.getByRole('complementary', { name: 'Record' });
}
