import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { useRegistry } from '#renderer/commands/registry.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { go } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

interface Wanted {
  from?: 'live' | 'play';
  changed?: boolean;
  /** What else Play gave Radio. */
  more?: Record<string, string>;
}

/** Both sides gave Radio another size; Play deleted Optics, of which live made more; seen from live, or from the sandbox. */
async function open({ from = 'live', changed = true, more = {} }: Wanted = {}) {
  const served = await serveCore();
  const { workspace } = served;
  const live = clientOf(workspace.core).entities;
  for (const [id, name] of [
    ['t1', 'Radio'],
    ['t2', 'Optics'],
  ] as const)
    await live.create({ type: 'team', id, data: { name, size: 3 } });
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const core = await openSandbox(workspace, id);
  const play = clientOf(core).entities;
  if (changed) {
    await play.update({ type: 'team', id: 't1', data: { size: 9, ...more } });
    await play.remove({ type: 'team', id: 't2' });
    for (const team of ['t1', 't2']) await live.update({ type: 'team', id: team, data: { size: 7 } });
  }
  if (from === 'play') {
    served.serve(core);
    lookAt(id);
  }
  go({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findByRole('heading', { name: 'Spring compared with live' });
  if (changed) await screen.findByRole('rowheader', { name: /^In conflict: Radio/ });
  return drawn;
}

const decision = (what: string, take: string) =>
  within(screen.getByRole('group', { name: `Which counts of ${what}` })).getByRole('button', {
    name: (text) => text.startsWith(`${take}: `),
  });

/** What a button says why it cannot be used; null where it can. */
function whyNot(name: string | RegExp): string | null {
  const button = screen.getByRole('button', { name });
  const described = button.getAttribute('aria-describedby');
  if (button.getAttribute('aria-disabled') !== 'true') return null;
  const said = described === null ? '' : (document.getElementById(described)?.textContent ?? '');
  expect(button.title).toBe(said);
  return said;
}

const linesUnder = (heading: string) =>
  within(screen.getByText(heading).closest('li') as HTMLElement)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

beforeEach(() => {
  layOut();
  useKept.setState({}, true);
});

describe('before anything is carried over', () => {
  it('what the buttons do are commands too, with why one cannot be done', async () => {
    const { hands } = await open();
    const promote = () => useRegistry.getState().commands.find(({ id }) => id === 'play.promote');
    expect(promote()).toMatchObject({ label: 'Promote 2 records…', enabled: true });
    await hands.click(screen.getByRole('checkbox', { name: 'Carry over all' }));
    await waitFor(() =>
      expect(promote()).toMatchObject({
        enabled: false,
        why: 'Nothing is chosen: tick what shall be carried over.',
      }),
    );
    await hands.click(screen.getByRole('checkbox', { name: 'Carry over all' }));
    await waitFor(() => expect(promote()?.enabled).toBe(true));
    act(() => void promote()?.run());
    expect(await screen.findByRole('dialog')).toBeTruthy();
  });

  it('the button says why, where nothing is chosen', async () => {
    const { hands } = await open();
    expect(whyNot('Promote 2 records…')).toBeNull();
    await hands.click(screen.getByRole('checkbox', { name: 'Carry over all' }));
    await waitFor(() =>
      expect(whyNot('Promote…')).toBe('Nothing is chosen: tick what shall be carried over.'),
    );
    await hands.click(screen.getByRole('button', { name: 'Promote…' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('the button counts what would be carried over, and says why where live is kept for all that is ticked', async () => {
    const { hands } = await open();
    await hands.click(decision('Optics', 'Keep that of live'));
    await screen.findByRole('button', { name: 'Promote 1 record…' });
    await hands.click(decision('Radio: Size', 'Keep live'));
    await screen.findByRole('button', { name: 'Promote…' });
    expect(whyNot('Promote…')).toBe('For all that is ticked, live is kept: there is nothing to carry over.');
    await hands.click(decision('Radio: Size', 'Take Play'));
    await screen.findByRole('button', { name: 'Promote 1 record…' });
  });

  it('the button counts a record of which live keeps only a part', async () => {
    const { hands } = await open({ more: { discipline: 'software' } });
    await hands.click(decision('Radio: Size', 'Keep live'));
    await hands.click(decision('Optics', 'Keep that of live'));
    await screen.findByRole('button', { name: 'Promote 1 record…' });
    await hands.click(screen.getByRole('button', { name: 'Promote 1 record…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Promote Spring into live?' }));
    expect(await dialog.findByText('Changes 1 team')).toBeTruthy();
  });

  it('the buttons say why, where nothing was changed', async () => {
    await open({ changed: false });
    expect(whyNot('Promote…')).toBe('Nothing was changed in this sandbox yet that live does not have.');
  });

  it('the buttons of the sandbox say why too, and there is no column to tick in', async () => {
    const { unmount } = await open({ from: 'play', changed: false });
    expect(whyNot('Bring in what live changed…')).toBe('Live was not changed since the sandbox was taken.');
    expect(whyNot('Promote in live…')).toBe(
      'Nothing was changed in this sandbox yet that live does not have.',
    );
    unmount();
    await open({ from: 'play' });
    expect(whyNot('Bring in what live changed…')).toBeNull();
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Record',
      'Field',
      'When taken',
      'Live now',
      'Play',
    ]);
    expect(document.querySelector('.compare-pick')).toBeNull();
  });

  it('says of each decided conflict what of live is overwritten, or what of Play is dropped', async () => {
    const { hands } = await open();
    await hands.click(decision('Radio: Size', 'Take Play'));
    await hands.click(decision('Optics', 'Keep that of live'));
    await hands.click(await screen.findByRole('button', { name: 'Promote 1 record…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Promote Spring into live?' }));
    await dialog.findByText('What live changed is overwritten:');
    expect(linesUnder('What live changed is overwritten:')).toEqual([
      'Radio: Size: 9 people instead of 7 people',
    ]);
    expect(linesUnder('What Play changed is not taken over:')).toEqual([
      'Optics: Size: 7 people instead of deleted',
    ]);
  });

  it('says it of those that are decided alike in the dialog, and does nothing where nothing would be done', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('button', { name: 'Promote 2 records…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Promote Spring into live?' }));
    await hands.click(await dialog.findByRole('radio', { name: 'Take Play for all of them' }));
    await dialog.findByText('What live changed is overwritten:');
    expect(linesUnder('What live changed is overwritten:')).toEqual([
      'Radio: Size: 9 people instead of 7 people',
      'Optics: deleted instead of Size: 7 people',
    ]);
    const promote = dialog.getByRole<HTMLButtonElement>('button', { name: 'Promote' });
    await waitFor(() => expect(promote.disabled).toBe(false));
    await hands.click(dialog.getByRole('radio', { name: 'Keep live for all of them' }));
    await dialog.findByText('There is nothing to carry over.');
    expect(promote.disabled).toBe(true);
  });

  it('says what of Play is overwritten before what live changed is brought in', async () => {
    const { hands } = await open({ from: 'play' });
    await hands.click(decision('Radio: Size', 'Take live'));
    await hands.click(decision('Optics', 'Leave it deleted, as in Play'));
    await hands.click(screen.getByRole('button', { name: 'Bring in what live changed…' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Bring what live changed into Spring?' }),
    );
    await dialog.findByText('What Play changed is overwritten:');
    expect(linesUnder('What Play changed is overwritten:')).toEqual([
      'Radio: Size: 7 people instead of 9 people',
    ]);
    expect(linesUnder('What live changed is not brought in:')).toEqual([
      'Optics: deleted instead of Size: 7 people',
    ]);
  });
});
