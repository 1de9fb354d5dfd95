import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { goBack, navigate, useView } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { serveShell } from '../support/shell.ts';

const teams = { t1: 'Radio', t2: 'Optics', t3: 'Power' };

async function ground() {
  const { workspace } = await serveCore();
  for (const [id, name] of Object.entries(teams))
    await api.entities.create({ type: 'team', id, data: { name } });
  await serveShell();
  return workspace;
}

async function removeAll({ entities }: Client): Promise<void> {
  for (const id of Object.keys(teams)) await entities.remove({ type: 'team', id });
}

/** A comparison of three teams that Play deleted, and with one that live made since. */
async function compared() {
  const workspace = await ground();
  const { id } = await take(clientOf(workspace.core), 'Spring');
  await removeAll(clientOf(await openSandbox(workspace, id)));
  await api.entities.create({ type: 'team', id: 't4', data: { name: 'Thermal' } });
  navigate({ kind: 'compare', sandbox: id });
  return id;
}

function Shown() {
  const { kind } = useView();
  if (kind === 'compare') return <CompareView />;
  return kind === 'moments' ? <MomentsView /> : <p>Elsewhere</p>;
}

const searchbox = () => screen.findByRole<HTMLInputElement>('searchbox');
const names = () => screen.queryAllByRole('rowheader').map((head) => head.textContent);
const chip = (name: RegExp) => screen.findByRole('button', { name });

async function comeBack(): Promise<void> {
  await screen.findByText('Elsewhere');
  act(goBack);
}

beforeEach(() => {
  layOut();
  useStoredChoices.setState({}, true);
});

describe('returning to a comparison from a record', () => {
  it('restores its search and filters', async () => {
    await compared();
    const { hands } = draw(<Shown />);
    await hands.click(await chip(/^Changed in live only/));
    await hands.type(await searchbox(), 'therm');
    await hands.click(await screen.findByRole('button', { name: 'Thermal' }));
    await comeBack();
    expect((await searchbox()).value).toBe('therm');
    expect((await chip(/^Changed in live only/)).getAttribute('aria-pressed')).toBe('true');
    await waitFor(() => expect(names()).toEqual([expect.stringContaining('Thermal')]));
  });
});
