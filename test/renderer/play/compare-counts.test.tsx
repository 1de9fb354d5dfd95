import { screen, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { go } from '#renderer/stores/address.ts';
import { useShown } from '#renderer/stores/shown.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

beforeEach(() => {
  layOut();
  useKept.setState({}, true);
});

const Said = () => <output data-summary>{useShown().summary}</output>;

/** Both sides changed two fields of Radio and one of Optics, live alone one of Power, and both the same of Thermal. */
async function open() {
  const { workspace } = await serveCore();
  const live = clientOf(workspace.core).entities;
  for (const [id, name] of Object.entries({ t1: 'Radio', t2: 'Optics', t3: 'Power', t4: 'Thermal' }))
    await live.create({ type: 'team', id, data: { name, size: 3 } });
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id)).entities;
  await play.update({ type: 'team', id: 't1', data: { size: 9, lifecycle: 'outgoing' } });
  await play.update({ type: 'team', id: 't2', data: { size: 9 } });
  await live.update({ type: 'team', id: 't1', data: { size: 7, lifecycle: 'incoming' } });
  for (const team of ['t2', 't3']) await live.update({ type: 'team', id: team, data: { size: 7 } });
  for (const side of [live, play]) await side.update({ type: 'team', id: 't4', data: { size: 5 } });
  return { id, clock: workspace.clock };
}

it('conflicts are counted by record, over the list and in the dialog', async () => {
  go({ kind: 'compare', sandbox: (await open()).id });
  const { hands } = draw(<CompareView />);
  await screen.findByRole('button', { name: 'In conflict (2)' });
  await hands.click(screen.getByRole('button', { name: /^Promote/ }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('2 conflicts are not decided yet')).toBeTruthy();
});

it('the status bar says how many differ in all that are under a chip, also where some of them are shown', async () => {
  go({ kind: 'compare', sandbox: (await open()).id });
  const { hands } = draw(
    <>
      <CompareView />
      <Said />
    </>,
  );
  await screen.findByText('2 of 3 records that differ');
  await hands.click(await screen.findByRole('button', { name: 'Changed in live only (1)' }));
  expect(await screen.findByText('1 of 3 records that differ')).toBeTruthy();
});

it('the status bar counts nothing while all is read to be looked through, and it is told how far that is', async () => {
  const { id, clock } = await open();
  // However fast it is done, each step takes long enough to be told.
  let elapsed = 0;
  clock.elapsed = () => (elapsed += 1000);
  go({ kind: 'compare', sandbox: id });
  const { hands } = draw(
    <>
      <CompareView />
      <Said />
    </>,
  );
  await screen.findByText('2 of 3 records that differ');
  const seen = { '[data-summary]': new Set<string>(), '.progress-words': new Set<string>() };
  const look = (): void => {
    for (const [where, texts] of Object.entries(seen)) {
      const text = document.querySelector(where)?.textContent;
      if (text !== undefined) texts.add(text);
    }
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { childList: true, characterData: true, subtree: true });
  await hands.type(screen.getByRole('searchbox', { name: 'Find a name or value' }), 'radio');
  await screen.findByText('1 of 3 records that differ');
  watching.disconnect();
  expect([...seen['.progress-words']]).toEqual([
    'Working',
    'Checking every record1 so far',
    'Checking every record2 so far',
  ]);
  expect([...seen['[data-summary]']]).toEqual([
    '2 of 3 records that differ',
    '',
    '1 of 3 records that differ',
  ]);
});
