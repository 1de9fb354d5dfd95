import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { RecordsPreview } from '#renderer/features/backups/restore/RecordsPreview.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

beforeEach(() => layOut());

/** A university that was deleted with a team and two students, the id of a backup in which all are. */
async function given(): Promise<string> {
  await serveCore();
  const of = { university_id: 'coast' };
  await api.entities.create({ type: 'university', id: 'coast', data: { name: 'Coast' } });
  await api.entities.create({ type: 'team', id: 'radio', data: { name: 'Radio', ...of } });
  for (const id of ['ida', 'ole'])
    await api.entities.create({ type: 'student', id, data: { name: id, ...of } });
  const { id } = await follow(api.backups.create({}), () => {});
  await api.entities.remove({ type: 'university', id: 'coast', with_contents: true });
  return id;
}

const show = (id: string, record: string) =>
  draw(<RecordsPreview id={id} records={[record]} onBack={() => {}} onDone={() => {}} />).hands;

const gone = async (type: 'team' | 'student', id: string): Promise<boolean> =>
  (await api.entities.get({ type, id })).deleted_at !== null;

const tick = () => screen.findByRole('checkbox', { name: 'Bring back what belonged to the university too' });

it('what went with a university is counted and comes with it unless it is left out', async () => {
  const id = await given();
  const hands = show(id, 'coast');
  expect(((await tick()) as HTMLInputElement).checked).toBe(true);
  expect(screen.getByText('Not here now: 1 team and 2 students.')).toBeTruthy();
  expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['Coast University']);
  await hands.click(screen.getByRole('button', { name: 'Restore' }));
  expect(await screen.findByText('4 records were restored from the backup')).toBeTruthy();
  expect([await gone('team', 'radio'), await gone('student', 'ole')]).toEqual([false, false]);
});

it('without it the university comes alone', async () => {
  const id = await given();
  const hands = show(id, 'coast');
  await hands.click(await tick());
  const yes = screen.getByRole('button', { name: 'Restore' });
  await waitFor(() => expect((yes as HTMLButtonElement).disabled).toBe(false));
  expect(screen.getByText('Not here now: 1 team and 2 students.')).toBeTruthy();
  await hands.click(yes);
  expect(await screen.findByText('1 record was restored from the backup')).toBeTruthy();
  expect(await gone('team', 'radio')).toBe(true);
});

it('nothing is offered where nothing belonged to what comes', async () => {
  const id = await given();
  show(id, 'ida');
  expect(await screen.findByText(/Others refer to it/)).toBeTruthy();
  expect(screen.queryByRole('checkbox', { name: /belonged to/ })).toBeNull();
});
