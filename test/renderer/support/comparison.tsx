import { screen, within } from '@testing-library/react';
import type { ReactElement } from 'react';
import CompareView, { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import type { Core } from '#core/open.ts';
import { serveCore } from './core.ts';
import type { Served } from './core.ts';
import { draw } from './draw.tsx';
import { layOut } from './layout.ts';
import { lookAt } from './target.ts';

interface Compared {
  /** Creates the records that both sides have. */
  before?: (live: Client) => Promise<unknown>;
  /** Changes both sides. */
  change: (play: Client, live: Client) => Promise<unknown>;
  /** The side that the window has open. */
  from?: 'live' | 'play';
  page?: ReactElement;
}

type Opened = Served & ReturnType<typeof draw> & { live: Client; play: Client; core: Core; sandbox: string };

/** The comparison of the sandbox “Spring” with live. */
export async function openComparison({
  before,
  change,
  from = 'live',
  page = <CompareView />,
}: Compared): Promise<Opened> {
  layOut();
  useStoredChoices.setState({}, true);
  const served = await serveCore();
  const live = clientOf(served.workspace.core);
  await before?.(live);
  const { id: sandbox } = await take(live, 'Spring');
  const core = await openSandbox(served.workspace, sandbox);
  const play = clientOf(core);
  await change(play, live);
  if (from === 'play') {
    served.serve(core);
    lookAt(sandbox);
  }
  navigate({ kind: 'compare', sandbox });
  return { ...served, ...draw(page), live, play, core, sandbox };
}

/** Creates teams by id, each with a name and further values. */
export const createTeams =
  (teams: Readonly<Record<string, string>>, values: object = {}) =>
  async ({ entities }: Client): Promise<void> => {
    for (const [id, name] of Object.entries(teams))
      await entities.create({ type: 'team', id, data: { name, ...values } });
  };

/** The lines of a compared record. */
export const rowOf = (name: RegExp): HTMLElement =>
  screen.getByRole('rowheader', { name }).closest('tbody') as HTMLElement;

type Hands = ReturnType<typeof draw>['hands'];

/** Opens the dialog that promotes the selection. */
export async function askToPromote(hands: Hands) {
  await hands.click(await screen.findByRole('button', { name: /^Promote \d+ records?…$/ }));
  return within(await screen.findByRole('dialog', { name: 'Promote “Spring” to live?' }));
}
