import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { OriginLine } from '#renderer/features/play/OriginLine.tsx';
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

describe('the origin of a sandbox', () => {
  it.each([
    ['live', /^Copied from live/],
    ['salvage', /^Copied from salvaged records/],
    ['golden:2', /^Copied from golden version 2/],
    ['sbx_gone', /^Copied from a sandbox/],
  ])('%s', async (from, said) => {
    const { sandbox } = await spring();
    draw(<OriginLine sandbox={{ ...sandbox, from }} />);
    expect((await screen.findByText(/^Copied/)).textContent).toMatch(said);
  });
});
