import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { speak } from '#renderer/i18n/setup.ts';
import { behind } from '../support/behind.ts';
import { askToPromote, createTeams, openComparison, rowOf } from '../support/comparison.tsx';

/** Three teams: Play renames one, deletes one and makes a link; both sides give the third another size. */
async function open() {
  const values = { size: 3, discipline: 'software' };
  const opened = await openComparison({
    before: createTeams({ t1: 'Radio', t2: 'Optics', t3: 'Power' }, values),
    change: async (play, live) => {
      await play.entities.update({ type: 'team', id: 't1', data: { name: 'Radio and antenna' } });
      await play.entities.remove({ type: 'team', id: 't2' });
      await play.entities.update({ type: 'team', id: 't3', data: { size: 9 } });
      await play.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't3' } });
      await live.entities.update({ type: 'team', id: 't3', data: { size: 7 } });
      await createTeams({ t4: 'Thermal' }, values)(live);
    },
  });
  await screen.findByRole('heading', { name: 'Compare “Spring” with live' });
  await waitFor(() => rowOf(/Optics/));
  return opened;
}

const sizeOf = async (id: string) => (await api.entities.get({ type: 'team', id })).payload['size'];
const usePlay = () =>
  within(rowOf(/^Conflict: Power/)).getByRole('button', { name: 'Use sandbox: Size of “Power”' });

describe('comparing a sandbox with live', () => {
  it('shows base, live and Play by record and field', async () => {
    const { hands } = await open();
    const radio = within(rowOf(/^Changed: Radio and antenna/));
    expect(radio.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
      '',
      'Name',
      'Radio',
      'Radio',
      'Radio and antenna',
    ]);
    const optics = within(rowOf(/^Deleted: Optics/));
    expect(optics.getByText('deleted')).toBeTruthy();
    expect(optics.getByText('whole record')).toBeTruthy();
    expect(within(optics.getByRole('rowheader')).getByText('Team')).toBeTruthy();
    expect(screen.getByRole('rowheader', { name: /^Added: Radio and antenna → Power/ })).toBeTruthy();
    expect(within(rowOf(/^Conflict: Power/)).getByText('Size was changed in both.')).toBeTruthy();
    expect(screen.queryByText('Thermal')).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Changed in live only (1)' }));
    await screen.findByRole('rowheader', { name: /^Added: Thermal/ });
    await hands.click(screen.getByRole('button', { name: 'Conflicts (1)' }));
    await screen.findByRole('rowheader', { name: /^Conflict: Power/ });
    await hands.type(screen.getByRole('searchbox'), 'nothing like it');
    await screen.findByText('No difference contains “nothing like it”.');
  });

  it('promotes the selection in one step, once conflicts are resolved, after a preview', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('checkbox', { name: 'Include “Optics”' }));
    const asked = await askToPromote(hands);
    expect(await asked.findByText('1 conflict to resolve')).toBeTruthy();
    const promote = asked.getByRole<HTMLButtonElement>('button', { name: 'Promote' });
    expect(promote.disabled).toBe(true);
    await hands.click(asked.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    await hands.click(usePlay());
    expect(usePlay().getAttribute('aria-pressed')).toBe('true');
    const again = await askToPromote(hands);
    expect(await again.findByText('Adds 1 link')).toBeTruthy();
    expect(again.getByText('Changes 2 teams')).toBeTruthy();
    expect(again.queryByText(/^Deletes/)).toBeNull();
    await hands.click(again.getByRole('button', { name: 'Promote' }));
    const told = await screen.findByText('3 records promoted from “Spring”');
    expect(await sizeOf('t3')).toBe(9);
    expect((await api.entities.get({ type: 'team', id: 't1' })).payload['name']).toBe('Radio and antenna');
    expect((await api.entities.find({ id: 't2' })).deleted_at).toBeNull();
    expect((await api.backups.list({})).map(({ reason }) => reason)).toEqual(['promote']);
    await waitFor(() => expect(screen.getAllByRole('rowheader')).toHaveLength(1));
    await hands.click(
      within(told.closest('[role=alert]') as HTMLElement).getByRole('button', { name: 'Undo' }),
    );
    await waitFor(async () => expect(await sizeOf('t3')).toBe(7));
  });

  it.each(['Esc', 'X'])('gives a promotion up when its dialog is closed by %s', async (way) => {
    const { hands, live } = await open();
    await hands.click(usePlay());
    const yes = (await askToPromote(hands)).getByRole<HTMLButtonElement>('button', { name: 'Promote' });
    const dialog = screen.getByRole('dialog');
    await waitFor(() => expect(yes.disabled).toBe(false));
    fireEvent.click(yes);
    if (way === 'X') fireEvent.click(dialog.querySelector('.mantine-Modal-close') as HTMLElement);
    else fireEvent.keyDown(document.activeElement ?? dialog, { key: 'Escape', code: 'Escape' });
    await behind(live);
    expect(await sizeOf('t3')).toBe(7);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('resolves all conflicts for one side', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('button', { name: 'Conflicts (1)' }));
    await waitFor(() => expect(screen.getAllByRole('rowheader')).toHaveLength(1));
    const asked = await askToPromote(hands);
    await asked.findByText('1 conflict to resolve');
    await hands.click(asked.getByRole('radio', { name: 'Use live for all' }));
    await asked.findByText('1 record with a conflict stays unchanged.');
    await hands.click(asked.getByRole('button', { name: 'Promote' }));
    await screen.findByText('3 records promoted from “Spring”');
    expect(await sizeOf('t3')).toBe(7);
  });

  it('promotes only selected records, not those that refer to them, and says why nothing is', async () => {
    const { hands } = await openComparison({
      before: createTeams({ t1: 'Avionics', t2: 'Payload' }),
      change: async ({ entities }) => {
        await entities.update({ type: 'team', id: 't1', data: { size: 8 } });
        await entities.create({ type: 'team', id: 't3', data: { name: 'Thermal' } });
        await entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't2' } });
        await entities.create({ type: 'interface', id: 'l2', data: { from: 't1', to: 't3' } });
      },
    });
    await hands.click(await screen.findByRole('checkbox', { name: 'Include all' }));
    const button = await screen.findByRole('button', { name: 'Promote…' });
    const reason = 'Select the changes to promote.';
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.title).toBe(reason);
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(reason);
    await hands.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
    await hands.click(screen.getByRole('checkbox', { name: 'Include “Avionics”' }));
    const asked = await askToPromote(hands);
    await asked.findByText('Changes 1 team');
    expect(asked.queryByText(/^Adds/)).toBeNull();
    await hands.click(asked.getByRole('button', { name: 'Promote' }));
    await screen.findByText('1 record promoted from “Spring”');
    await expect(api.entities.find({ id: 'l1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('names the overwritten or dropped value of each resolved conflict', async () => {
    const { hands } = await openComparison({
      before: createTeams({ t1: 'Radio', t2: 'Optics' }, { size: 3 }),
      change: async (play, live) => {
        await play.entities.update({ type: 'team', id: 't1', data: { size: 9 } });
        await play.entities.remove({ type: 'team', id: 't2' });
        for (const id of ['t1', 't2']) await live.entities.update({ type: 'team', id, data: { size: 7 } });
      },
    });
    const decision = async (what: string, take: string) =>
      within(await screen.findByRole('group', { name: `Resolve “${what}”` })).getByRole('button', {
        name: (text) => text.startsWith(`${take}: `),
      });
    await hands.click(await decision('Radio: Size', 'Use sandbox'));
    await hands.click(await decision('Optics', 'Use live record'));
    await screen.findByRole('button', { name: 'Promote 1 record…' });
    const dialog = await askToPromote(hands);
    const linesUnder = async (heading: string) =>
      within((await dialog.findByText(heading)).closest('li') as HTMLElement)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent);
    expect(await linesUnder('Overwrites changes in live:')).toEqual([
      'Radio: Size: 9 people instead of 7 people',
    ]);
    expect(await linesUnder('Leaves out sandbox changes:')).toEqual([
      'Optics: Size: 7 people instead of deleted',
    ]);
  });
});

/** Teams of two universities; Play gives each another size and discipline, live only another size. */
async function openAlike(teams: Readonly<Record<string, [name: string, university: string]>>) {
  const opened = await openComparison({
    before: async ({ entities }) => {
      for (const [id, name] of Object.entries({ u1: 'Summit', u2: 'Basin' }))
        await entities.create({ type: 'university', id, data: { name } });
      for (const [id, [name, university_id]] of Object.entries(teams))
        await entities.create({ type: 'team', id, data: { name, university_id, size: 3 } });
    },
    change: async (play, live) => {
      for (const id of Object.keys(teams)) {
        await play.entities.update({ type: 'team', id, data: { size: 9, discipline: 'software' } });
        await live.entities.update({ type: 'team', id, data: { size: 7 } });
      }
    },
  });
  await screen.findAllByRole('rowheader');
  return opened;
}

it('distinguishes records of one name by university, and by id if that is equal', async () => {
  await openAlike({
    t1: ['Deployables', 'u1'],
    t2: ['Deployables', 'u2'],
    t3: ['Deployables', 'u2'],
    t4: ['Radio', 'u1'],
  });
  expect(screen.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual([
    '⚠Conflict:Deployables Team · Summit',
    '⚠Conflict:Deployables Team · Basin · t2',
    '⚠Conflict:Deployables Team · Basin · t3',
    '⚠Conflict:Radio Team · Summit',
  ]);
  const boxes = screen.getAllByRole('checkbox', { name: /^Include / });
  expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual([
    'Include all',
    'Include “Deployables (Summit)”',
    'Include “Deployables (Basin · t2)”',
    'Include “Deployables (Basin · t3)”',
    'Include “Radio”',
  ]);
  screen.getByRole('group', { name: 'Resolve “Deployables (Summit): Size”' });
  screen.getByRole('button', { name: 'Use live: Size of “Deployables (Basin · t2)”' });
});

it.each([
  [
    'en',
    'Promote 2 records…',
    'Use sandbox for all',
    'Promote',
    'Changed since the comparison: Structures (Summit) and Structures (Basin). Close this and review the differences again.',
  ],
  [
    'de',
    '2 Datensätze übernehmen…',
    'Bei allen die Spielwiese verwenden',
    'Übernehmen',
    'Seit dem Vergleich geändert: Structures (Summit) und Structures (Basin). Schließen Sie das Fenster und prüfen Sie die Unterschiede erneut.',
  ],
] as const)(
  'says whose records were changed meanwhile, and what to do (%s)',
  async (language, button, all, yes, said) => {
    await speak(language);
    onTestFinished(() => speak('en'));
    const { hands } = await openAlike({ t1: ['Structures', 'u1'], t2: ['Structures', 'u2'] });
    await hands.click(await screen.findByRole('button', { name: button }));
    const dialog = within(await screen.findByRole('dialog'));
    await hands.click(await dialog.findByRole('radio', { name: all }));
    const promote = dialog.getByRole<HTMLButtonElement>('button', { name: yes });
    await waitFor(() => expect(promote.disabled).toBe(false));
    for (const id of ['t1', 't2']) await api.entities.update({ type: 'team', id, data: { size: 20 } });
    await hands.click(promote);
    expect((await dialog.findByRole('alert')).textContent).toBe(said);
    await waitFor(() => expect(promote.dataset['loading']).toBeUndefined());
    expect(promote.disabled).toBe(true);
  },
);

it.each([
  ['en', 'Refresh from live…', /“Optics \(Lakeshore\)” refers to “Lakeshore”, which is deleted/],
  ['de', 'Aus Live aktualisieren…', /„Optics \(Lakeshore\)“ verweist auf „Lakeshore“; das ist .* gelöscht/],
] as const)(
  'names what refers to what Play deleted, and does nothing (%s)',
  async (language, button, said) => {
    await speak(language);
    onTestFinished(() => speak('en'));
    const { hands } = await openComparison({
      from: 'play',
      before: async ({ entities }) => {
        await entities.create({ type: 'university', id: 'u1', data: { name: 'Lakeshore' } });
        await entities.create({ type: 'team', id: 't1', data: { name: 'Radio', university_id: 'u1' } });
      },
      change: async (play, live) => {
        await play.entities.remove({ type: 'university', id: 'u1', with_contents: true });
        await live.entities.create({ type: 'team', id: 't2', data: { name: 'Optics', university_id: 'u1' } });
      },
    });
    await hands.click(await screen.findByRole('button', { name: button }));
    const asked = within(await screen.findByRole('dialog'));
    expect((await asked.findByRole('alert')).textContent).toMatch(said);
    const [, yes] = asked.getAllByRole<HTMLButtonElement>('button').slice(-2);
    expect(yes?.disabled).toBe(true);
  },
);
