import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { useTabTitle } from '#renderer/app/tabs/useTabTitle.ts';
import { navigate, useView } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

/** Both sides gave Radio and Optics another size. What is compared is seen from live, or from the sandbox. */
async function open(from: 'live' | 'play') {
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
  for (const team of ['t1', 't2']) {
    await play.update({ type: 'team', id: team, data: { size: 9 } });
    await live.update({ type: 'team', id: team, data: { size: 7 } });
  }
  if (from === 'play') {
    served.serve(core);
    lookAt(id);
  }
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findByRole('rowheader', { name: /^Conflict: Radio/ });
  const other = clientOf(await workspace.another());
  const rename = (name: string) => other.sandboxes.rename({ id, name });
  return { ...drawn, live, play, rename, views: clientOf(workspace.core).views };
}

/** What the tab of the comparison is called. */
function TabNow() {
  return <p>{useTabTitle(useView()).title}</p>;
}

const rowOf = (name: string) =>
  within(
    screen.getByRole('rowheader', { name: new RegExp(`^Conflict: ${name}`) }).closest('tbody') as HTMLElement,
  );
const keepPlay = (name: string) => rowOf(name).getByRole('button', { name: /^Use sandbox: Size of / });

beforeEach(() => {
  layOut();
  useStoredChoices.setState({}, true);
});

describe('the comparison', () => {
  it('follows writes of other processes to live while the sandbox is open, and keeps valid decisions', async () => {
    const { hands, live } = await open('play');
    for (const name of ['Radio', 'Optics']) await hands.click(keepPlay(name));
    await live.update({ type: 'team', id: 't1', data: { size: 8 } });
    await live.create({ type: 'team', id: 't3', data: { name: 'Thermal' } });
    await waitFor(() => expect(rowOf('Radio').getByText('8 people')).toBeTruthy());
    await screen.findByRole('button', { name: 'Changed in live only (1)' });
    expect(keepPlay('Radio').getAttribute('aria-pressed')).toBe('false');
    expect(keepPlay('Optics').getAttribute('aria-pressed')).toBe('true');
  });

  it.each(['live', 'play'] as const)('uses the sandbox’s new name, seen from %s', async (from) => {
    const { rename } = await open(from);
    draw(<TabNow />);
    await screen.findByText('Compare “Spring”');
    await rename('Autumn');
    await screen.findByRole('heading', { name: 'Compare “Autumn” with live' });
    expect(await screen.findByText('Compare “Autumn”')).toBeTruthy();
  });
});
