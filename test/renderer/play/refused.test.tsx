import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { speak } from '#renderer/i18n/setup.ts';
import { navigate } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

beforeEach(() => {
  layOut();
  useStoredChoices.setState({}, true);
});
afterEach(() => speak('en'));

/** Play deleted a university with a team, to which live gave another team meanwhile; seen from live or from the sandbox. */
async function open(from: 'live' | 'play') {
  const served = await serveCore();
  const live = clientOf(served.workspace.core);
  await live.entities.create({ type: 'university', id: 'u1', data: { name: 'Lakeshore' } });
  await live.entities.create({ type: 'team', id: 't1', data: { name: 'Radio', university_id: 'u1' } });
  const { id } = await take(live, 'Spring');
  const core = await openSandbox(served.workspace, id);
  await clientOf(core).entities.remove({ type: 'university', id: 'u1', with_contents: true });
  await live.entities.create({ type: 'team', id: 't2', data: { name: 'Optics', university_id: 'u1' } });
  if (from === 'play') {
    served.serve(core);
    lookAt(id);
  }
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findAllByRole('rowheader');
  return drawn;
}

it.each([
  ['en', 'Refresh from live…', /“Optics \(Lakeshore\)” refers to “Lakeshore”, which is deleted/],
  ['de', 'Aus Live aktualisieren…', /„Optics \(Lakeshore\)“ verweist auf „Lakeshore“; das ist .* gelöscht/],
] as const)(
  'names what refers to what Play deleted, and does nothing (%s)',
  async (language, button, said) => {
    await speak(language);
    const { hands } = await open('play');
    await hands.click(await screen.findByRole('button', { name: button }));
    const asked = within(await screen.findByRole('dialog'));
    expect((await asked.findByRole('alert')).textContent).toMatch(said);
    const [, yes] = asked.getAllByRole<HTMLButtonElement>('button').slice(-2);
    expect(yes?.disabled).toBe(true);
  },
);
