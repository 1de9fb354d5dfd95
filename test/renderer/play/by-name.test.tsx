import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { go } from '#renderer/stores/address.ts';
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

/** What came with the program, compared with a workspace that has nothing in common with it; only its profile is shown. */
async function open() {
  const { workspace } = await serveCore({ resources });
  const { id } = await take(clientOf(workspace.core), 'Pristine', 'golden');
  go({ kind: 'compare', sandbox: id });
  const { hands } = draw(<CompareView />);
  await hands.type(await screen.findByRole('searchbox', { name: 'Find a name or value' }), 'FRAMES');
  // All of them, and the one that is found.
  await waitFor(() => expect(screen.getAllByRole('checkbox')).toHaveLength(2), { timeout: 10_000 });
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
    'One profile stays out. Tick it in the list if it shall act in live:',
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
