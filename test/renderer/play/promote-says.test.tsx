import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { navigate } from '#renderer/stores/address.ts';
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
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findByRole('heading', { name: 'Compare “Spring” with live' });
  if (changed) await screen.findByRole('rowheader', { name: /^Conflict: Radio/ });
  return drawn;
}

const decision = (what: string, take: string) =>
  within(screen.getByRole('group', { name: `Resolve “${what}”` })).getByRole('button', {
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
  useStoredChoices.setState({}, true);
});

describe('before promoting', () => {
  it('the button gives the reason if nothing is selected', async () => {
    const { hands } = await open();
    expect(whyNot('Promote 2 records…')).toBeNull();
    await hands.click(screen.getByRole('checkbox', { name: 'Include all' }));
    await waitFor(() => expect(whyNot('Promote…')).toBe('Select the changes to promote.'));
    await hands.click(screen.getByRole('button', { name: 'Promote…' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('names the overwritten or dropped value of each resolved conflict', async () => {
    const { hands } = await open();
    await hands.click(decision('Radio: Size', 'Use sandbox'));
    await hands.click(decision('Optics', 'Use live record'));
    await hands.click(await screen.findByRole('button', { name: 'Promote 1 record…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Promote “Spring” to live?' }));
    await dialog.findByText('Overwrites changes in live:');
    expect(linesUnder('Overwrites changes in live:')).toEqual(['Radio: Size: 9 people instead of 7 people']);
    expect(linesUnder('Leaves out sandbox changes:')).toEqual(['Optics: Size: 7 people instead of deleted']);
  });
});
