import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { discardSandbox } from '#renderer/features/play/actions.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** A sandbox in which Radio was made, compared with live. */
async function open() {
  const { workspace } = await serveCore();
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const core = await openSandbox(workspace, id);
  await clientOf(core).entities.create({ type: 'team', data: { name: 'Radio' } });
  await core.close();
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findByRole('rowheader', { name: /Radio/ });
  const [sandbox] = await api.sandboxes.list({});
  if (!sandbox) throw new Error('There is no sandbox.');
  return { ...drawn, sandbox };
}

const gone = () => screen.findByRole('heading', { name: 'This sandbox no longer exists' });

beforeEach(() => {
  layOut();
  useSeat.setState({ items: {} });
});

it('shows no comparison once the sandbox is discarded, on return', async () => {
  const { sandbox, unmount } = await open();
  unmount();
  await discardSandbox(sandbox);
  const { hands } = draw(<CompareView />);
  expect(screen.queryByRole('rowheader', { name: /Radio/ })).toBeNull();
  expect(await gone()).toBeTruthy();
  // Its trash is on the page of Play.
  await hands.click(screen.getByRole('button', { name: 'Open Play' }));
  expect(currentAddress().view).toEqual({ kind: 'play' });
});
