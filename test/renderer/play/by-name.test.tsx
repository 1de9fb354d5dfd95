import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { carry } from '#renderer/features/play/compare/carry.ts';
import { decide, include, noChoices } from '#renderer/features/play/compare/choices.ts';
import { go } from '#renderer/stores/address.ts';
import { beforeReset } from '#test/support/before-reset.ts';
import { comparedBy } from '#test/support/compare.ts';
import { resources } from '#test/support/golden.ts';
import { clientOf, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

const why = 'Stays out unless you tick it: in live one could then act as this profile.';

beforeEach(() => {
  layOut();
  useKept.setState({}, true);
});

/** What came with the program, compared with a workspace that has nothing in common with it; what says its profile’s name is shown. */
async function open() {
  const { workspace } = await serveCore({ resources });
  const { id } = await take(clientOf(workspace.core), 'Pristine', 'golden');
  go({ kind: 'compare', sandbox: id });
  const { hands } = draw(<CompareView />);
  await hands.type(await screen.findByRole('searchbox'), 'FRAMES');
  // All of them, the profile, and what else says so.
  await waitFor(() => expect(screen.getAllByRole('checkbox')).toHaveLength(4), { timeout: 10_000 });
  const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Carry over FRAMES' });
  return { hands, box };
}

async function counted(hands: Awaited<ReturnType<typeof open>>['hands']) {
  const button = await screen.findByRole('button', { name: /^Promote \d+ records…$/ });
  const count = Number(/\d+/.exec(button.textContent ?? '')?.[0]);
  await hands.click(button);
  return {
    count,
    asked: within(await screen.findByRole('dialog', { name: /^Promote Pristine/ }, { timeout: 10_000 })),
  };
}

it('a profile of a sandbox that has nothing in common with live stays out, and it is said why', async () => {
  const { hands, box } = await open();
  expect(box.checked).toBe(false);
  expect(box.getAttribute('aria-describedby')).toBe(screen.getByText(why).id);
  const { asked } = await counted(hands);
  const line = await asked.findByText(
    'One profile stays out. Tick it in the list if it shall count in live:',
    {},
    { timeout: 10_000 },
  );
  expect(within(line.closest('li') as HTMLElement).getByText('FRAMES')).toBeTruthy();
});

it('comes along where somebody ticks it', async () => {
  const { hands, box } = await open();
  const before = await counted(hands);
  await hands.click(before.asked.getByRole('button', { name: 'Cancel' }));
  await hands.click(box);
  await waitFor(() => expect(box.checked).toBe(true));
  const { count, asked } = await counted(hands);
  expect(count).toBe(before.count + 1);
  const promote = asked.getByRole<HTMLButtonElement>('button', { name: 'Promote' });
  await waitFor(() => expect(promote.disabled).toBe(false), { timeout: 10_000 });
  await hands.click(promote);
  await screen.findByText(/^Promoted \d+ records from Pristine$/, {}, { timeout: 20_000 });
  expect((await api.workspace.profiles({})).map(({ name }) => name)).toEqual(['Ada', 'FRAMES']);
});

/** Whom live knows too, and who may do something else there. */
async function openReset() {
  const { workspace, revive } = await serveCore({ resources });
  const { id, profile } = await beforeReset(workspace);
  revive();
  return { id, profile, comparison: await comparedBy(workspace.as('Ada'), id) };
}

it('what a profile may do in live stays too until it is ticked, and then it is said what is overwritten', async () => {
  const { id } = await openReset();
  go({ kind: 'compare', sandbox: id });
  const { hands } = draw(<CompareView />);
  const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Carry over Vera' });
  expect(box.checked).toBe(false);
  const said = 'Stays as in live unless you tick it: a profile says who may do what there.';
  expect(box.getAttribute('aria-describedby')).toBe(screen.getByText(said).id);
  expect(screen.queryByRole('group', { name: /^Which counts/ })).toBeNull();
  await hands.click(screen.getByRole('button', { name: 'Promote 1 record…' }));
  const dialog = () => screen.findByRole('dialog', { name: 'Promote Before into live?' });
  const before = within(await dialog());
  const line = await before.findByText(/^One profile stays out\. Tick it/);
  expect(within(line.closest('li') as HTMLElement).getByText('Vera')).toBeTruthy();
  expect(before.queryByRole('radio')).toBeNull();
  await hands.click(before.getByRole('button', { name: 'Cancel' }));

  await hands.click(box);
  await waitFor(() => expect(box.checked).toBe(true));
  await hands.click(await screen.findByRole('button', { name: 'Promote 2 records…' }));
  const asked = within(await dialog());
  const over = await asked.findByText('What live changed is overwritten:');
  expect(over.closest('li')?.textContent).toMatch(/Vera:.*Admin.*instead of.*Viewer/);
  await hands.click(asked.getByRole('button', { name: 'Promote' }));
  await screen.findByText('Promoted 2 records from Before', {}, { timeout: 20_000 });
  const found = (await api.workspace.profiles({})).find(({ name }) => name === 'Vera');
  expect(found?.role).toBe('admin');
});

it('what was decided of it in the sandbox’s window ticks nothing, and does not count against the tick', async () => {
  const { profile, comparison } = await openReset();
  const [row] = comparison.rows.filter(({ type }) => type === 'profile');
  if (!row) throw new Error('no profile differs');
  const promoted = async (choices: Parameters<typeof carry>[0]['choices']) =>
    carry({
      direction: 'promote',
      comparison,
      choices,
      conflicts: 'play',
      dry: true,
      tell: () => {},
      signal: new AbortController().signal,
    });
  const kept = decide(noChoices, row, null, 'play');
  expect(await promoted(kept)).toMatchObject({ unnamed: [profile], updated: {} });
  const taken = include(decide(noChoices, row, null, 'live'), [row], true);
  expect(await promoted(taken)).toMatchObject({ unnamed: [], updated: { profiles: 1 } });
});
