import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ProfileMenu from '#renderer/features/profiles/ProfileMenu.tsx';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

async function open() {
  const { workspace } = await serveCore();
  const ada = workspace.as();
  for (const name of ['Lakeside Institute', 'Summit College', 'Summit University'])
    await ada.entities.create({ type: 'university', id: name, data: { name } });
  onTestFinished(watchChanges(queries));
  const { hands } = draw(<ProfileMenu />);
  await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
  await hands.click(await screen.findByRole('menuitem', { name: 'Add profile…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a profile' }));
  const university = dialog.getByRole<HTMLInputElement>('textbox', { name: 'University' });
  await hands.type(dialog.getByRole('textbox', { name: 'Name' }), 'Edi');
  return { hands, dialog, university };
}

const made = async () =>
  (await api.workspace.profiles({})).slice(1).map(({ name, university_id }) => [name, university_id]);

beforeEach(() => useSeat.setState({ items: {} }));

describe('the university of a new profile', () => {
  it('is the one match of what is typed when Enter is pressed, and the profile is added by the next', async () => {
    const { hands, dialog, university } = await open();
    await hands.click(university);
    await hands.type(university, 'Lakeside');
    expect(await screen.findByRole('option', { name: /Lakeside Institute/ })).toBeTruthy();
    await hands.keyboard('{Enter}');
    await waitFor(() => expect(university.value).toBe('Lakeside Institute'));
    expect(await made()).toEqual([]);
    expect(dialog.getByText(/^An editor without a university/).getAttribute('aria-hidden')).toBe('true');
    await hands.click(dialog.getByRole('button', { name: 'Add profile' }));
    await waitFor(async () => expect(await made()).toEqual([['Edi', 'Lakeside Institute']]));
  });

  it('is taken also where Enter came before the answer', async () => {
    const { hands, university } = await open();
    await hands.click(university);
    await hands.type(university, 'Lakeside{Enter}');
    await waitFor(() => expect(university.value).toBe('Lakeside Institute'));
    expect(await made()).toEqual([]);
    // The list is closed then: the next Enter adds the profile.
    await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
    await hands.keyboard('{Enter}');
    await waitFor(async () => expect(await made()).toEqual([['Edi', 'Lakeside Institute']]));
  });

  it('is refused where the text means none, by Enter and by the button, and nothing is added', async () => {
    const { hands, dialog, university } = await open();
    await hands.click(university);
    await hands.type(university, 'Atlantis');
    await screen.findByText('Nothing found');
    await hands.keyboard('{Enter}');
    // Under the field, and in the list that covers that.
    expect(await screen.findAllByText(/^No record is called “Atlantis”/)).toHaveLength(2);
    await hands.click(dialog.getByRole('button', { name: 'Add profile' }));
    expect(university.getAttribute('aria-invalid')).toBe('true');
    expect(await made()).toEqual([]);
    // Emptied, it is none, and said to be.
    await hands.clear(university);
    await hands.click(dialog.getByRole('radio', { name: /^Viewer/ }));
    await hands.click(dialog.getByRole('button', { name: 'Add profile' }));
    await waitFor(async () => expect(await made()).toEqual([['Edi', null]]));
  });

  it('is refused where the text may mean several and the form is sent', async () => {
    const { hands, dialog, university } = await open();
    await hands.click(university);
    await hands.type(university, 'Summit');
    await screen.findByRole('option', { name: /Summit College/ });
    await hands.click(dialog.getByRole('button', { name: 'Add profile' }));
    expect(await dialog.findByText(/“Summit”/)).toBeTruthy();
    expect(await made()).toEqual([]);
  });

  it('is not sent while it is still being looked for', async () => {
    const { hands, dialog, university } = await open();
    await hands.click(university);
    await hands.type(university, 'Lake');
    await hands.click(dialog.getByRole('button', { name: 'Add profile' }));
    await waitFor(() => expect(university.value).toBe('Lakeside Institute'));
    expect((await made()).filter(([, id]) => id === null)).toEqual([]);
  });

  it('is taken back by Esc, which leaves the dialog open', async () => {
    const { hands, dialog, university } = await open();
    await hands.click(university);
    await hands.type(university, 'Atlantis{Escape}');
    expect(university.value).toBe('');
    expect(dialog.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Edi');
  });
});
