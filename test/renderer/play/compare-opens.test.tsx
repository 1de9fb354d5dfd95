import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { navigate, useView } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { serveShell } from '../support/shell.ts';

const team = (id: string, name: string) => api.entities.create({ type: 'team', id, data: { name } });

/** Of two teams Play renames one and deletes the other; live has one more. */
async function play() {
  const { workspace, serve } = await serveCore();
  await team('t1', 'Radio');
  await team('t2', 'Optics');
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const sandbox = await openSandbox(workspace, id);
  await clientOf(sandbox).entities.update({ type: 'team', id: 't1', data: { name: 'Antenna' } });
  await clientOf(sandbox).entities.remove({ type: 'team', id: 't2' });
  await team('t3', 'Thermal');
  navigate({ kind: 'compare', sandbox: id });
  return { id, shell: await serveShell(), serve: () => serve(sandbox) };
}

/** The comparison, as long as one is there. */
function Shown() {
  const { kind } = useView();
  return kind === 'compare' ? <CompareView /> : kind === 'moments' ? <MomentsView /> : null;
}

const nameOf = (name: string) => screen.findByRole('button', { name });

beforeEach(() => layOut());

describe('the name of a record in a comparison with a sandbox', () => {
  it('opens it in Play, by key too', async () => {
    const { id, shell } = await play();
    const { hands } = draw(<Shown />);
    const name = await nameOf('Antenna');
    expect(name.title).toBe('Antenna · Open in sandbox: Spring');
    name.focus();
    await hands.keyboard('{Enter}');
    await waitFor(() => expect(shell.asked).toMatchObject([{ what: 'turn', sandbox: id }]));
    expect(JSON.stringify(shell.asked)).toContain('t1');
  });
});
