import { fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { noChoices } from '#renderer/features/play/compare/choices.ts';
import DifferenceNetwork from '#renderer/features/play/compare/network/DifferenceNetwork.tsx';
import { SandboxRow } from '#renderer/features/play/SandboxRow.tsx';
import { go } from '#renderer/stores/address.ts';
import { clientOf, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

const why = /as they are now/;

async function sandbox() {
  const { workspace } = await serveCore();
  return take(clientOf(workspace.core), 'Spring');
}

it('in the past a sandbox is not compared, and the button says why', async () => {
  const one = await sandbox();
  lookAt('then-live');
  draw(
    <ul>
      <SandboxRow sandbox={one} />
    </ul>,
  );
  const compare = screen.getByRole<HTMLButtonElement>('button', { name: /^Compare the sandbox Spring/ });
  expect(compare.disabled).toBe(true);
  expect(compare.title).toMatch(why);
});

it('a comparison that was open already says that it is of now, and asks nothing', async () => {
  const { id } = await sandbox();
  lookAt('then-live');
  go({ kind: 'compare', sandbox: id });
  draw(<CompareView />);
  expect(screen.getByText(why)).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('the network of differences says how far it is, and can be given up', async () => {
  const { id } = await sandbox();
  const onCancel = vi.fn<() => void>();
  const nothing = (): void => {};
  const asked = { classes: [], text: '' };
  draw(
    <DifferenceNetwork
      {...{
        id,
        asked,
        rows: [],
        choices: noChoices,
        choosing: true,
        deciding: true,
        opens: () => null,
        onCancel,
      }}
      onChange={nothing}
      onPick={nothing}
    />,
  );
  expect(screen.getByRole('progressbar', { name: 'Drawing what differs…' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onCancel).toHaveBeenCalledOnce();
});
