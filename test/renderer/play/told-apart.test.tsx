import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { speak } from '#renderer/i18n/setup.ts';
import { navigate } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** Teams by id: of Summit, of Basin, and two more of Basin; Play gives each another size and discipline, live only another size. */
async function open(names: Readonly<Record<string, [name: string, university: string]>>) {
  const { workspace } = await serveCore();
  const live = clientOf(workspace.core).entities;
  for (const [id, name] of [
    ['u1', 'Summit'],
    ['u2', 'Basin'],
  ] as const)
    await live.create({ type: 'university', id, data: { name } });
  for (const [id, [name, university_id]] of Object.entries(names))
    await live.create({ type: 'team', id, data: { name, university_id, size: 3 } });
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id)).entities;
  for (const team of Object.keys(names)) {
    await play.update({ type: 'team', id: team, data: { size: 9, discipline: 'software' } });
    await live.update({ type: 'team', id: team, data: { size: 7 } });
  }
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findByRole('heading', { name: /Spring/ });
  await screen.findAllByRole('rowheader');
  return drawn;
}

const heads = () => screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
const boxes = () =>
  screen.getAllByRole('checkbox', { name: /^Include / }).map((box) => box.getAttribute('aria-label'));

beforeEach(() => {
  layOut();
  useStoredChoices.setState({}, true);
});

it('distinguishes records of one name by university, and by id if that is equal', async () => {
  await open({
    t1: ['Deployables', 'u1'],
    t2: ['Deployables', 'u2'],
    t3: ['Deployables', 'u2'],
    t4: ['Radio', 'u1'],
  });
  expect(heads()).toEqual([
    '⚠Conflict:Deployables Team · Summit',
    '⚠Conflict:Deployables Team · Basin · t2',
    '⚠Conflict:Deployables Team · Basin · t3',
    '⚠Conflict:Radio Team · Summit',
  ]);
  expect(boxes()).toEqual([
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
    const { hands } = await open({ t1: ['Structures', 'u1'], t2: ['Structures', 'u2'] });
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
