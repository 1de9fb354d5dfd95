import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { run, useRegistry } from '#renderer/commands/registry.ts';
import PlayHost from '#renderer/features/play/PlayHost.tsx';
import { TakenLine } from '#renderer/features/play/TakenLine.tsx';
import { go, here } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

async function spring(): Promise<{ sandbox: Sandbox; turn: () => Promise<void> }> {
  const { workspace, serve } = await serveCore();
  const sandbox = await take(clientOf(workspace.core), 'Spring');
  const turn = async (): Promise<void> => {
    serve(await openSandbox(workspace, sandbox.id));
    lookAt(sandbox.id);
  };
  return { sandbox, turn };
}

const offered = () => useRegistry.getState().commands.map(({ id }) => id);

describe('what can be done about Play wherever one is', () => {
  it('is taking a sandbox in live, and in one comparing it with live and leaving it', async () => {
    const { sandbox, turn } = await spring();
    const { unmount } = draw(<PlayHost />);
    expect(offered()).toEqual(['play.new']);
    unmount();
    await turn();
    go({ kind: 'home' });
    draw(<PlayHost />);
    expect(offered()).toEqual(['play.new', 'play.compare', 'play.leave']);
    await act(() => run('play.compare'));
    expect(here().view).toMatchObject({ kind: 'compare', sandbox: sandbox.id });
  });
});

describe('of what a sandbox was taken', () => {
  it.each([
    ['live', /^Taken from live/],
    ['salvage', /^Taken from what could be read of a damaged file/],
    ['golden:2', /^Taken from golden version 2/],
    ['sbx_gone', /^Taken from a sandbox/],
  ])('%s', async (from, said) => {
    const { sandbox } = await spring();
    draw(<TakenLine sandbox={{ ...sandbox, from }} />);
    expect((await screen.findByText(/^Taken/)).textContent).toMatch(said);
  });
});
