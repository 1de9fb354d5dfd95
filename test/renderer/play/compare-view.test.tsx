import { act, renderHook, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { Difference } from '#shared/contract/compare.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import { useTabTitle } from '#renderer/app/tabs/useTabTitle.ts';
import { api } from '#renderer/api/client.ts';
import { discardSandbox } from '#renderer/features/play/actions.ts';
import {
  decideField,
  decisionOf,
  includeRecords,
  isLeftOut,
} from '#renderer/features/play/compare/choices.ts';
import CompareView, { useChoices } from '#renderer/features/play/compare/CompareView.tsx';
import SandboxBar from '#renderer/features/play/SandboxBar.tsx';
import { currentAddress, goBack, useView } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import { createTeams, openComparison, rowOf } from '../support/comparison.tsx';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

const names = () =>
  screen.getAllByRole('rowheader').map((head) => within(head).getByRole('button').textContent);

const setSize = ({ entities }: Client, id: string, size: number) =>
  entities.update({ type: 'team', id, data: { size } });

/** The comparison, while no other view is open. */
function Shown() {
  return useView().kind === 'compare' ? <CompareView /> : <p>Elsewhere</p>;
}

describe('conflicts in the sandbox that is open', () => {
  /** Both sides gave Radio another size, live deleted Optics, which Play changed, and changed Power, which Play deleted. */
  const open = () =>
    openComparison({
      from: 'play',
      page: (
        <>
          <SandboxBar />
          <CompareView />
        </>
      ),
      before: createTeams({ t1: 'Radio', t2: 'Optics', t3: 'Power' }, { size: 3 }),
      change: async (play, live) => {
        for (const id of ['t1', 't2']) await setSize(play, id, 9);
        await play.entities.remove({ type: 'team', id: 't3' });
        for (const id of ['t1', 't3']) await setSize(live, id, 7);
        await live.entities.remove({ type: 'team', id: 't2' });
        await createTeams({ t4: 'Thermal' })(live);
      },
    });

  async function askToRefresh(hands: Awaited<ReturnType<typeof open>>['hands']) {
    await hands.click(await screen.findByRole('button', { name: 'Refresh from live…' }));
    return within(await screen.findByRole('dialog', { name: 'Refresh “Spring” from live?' }));
  }

  it('are resolved one by one, also with keys, before live’s changes are applied', async () => {
    const { hands, play } = await open();
    const asked = async (what: string) =>
      within(await screen.findByRole('group', { name: `Resolve “${what}”` }));
    await hands.click(
      (await asked('Radio: Size')).getByRole('button', { name: 'Use sandbox: Size of “Radio”' }),
    );
    expect(screen.queryByRole('checkbox')).toBeNull();
    await hands.click((await asked('Optics')).getByRole('button', { name: 'Deleted, as in live: Optics' }));
    (await asked('Power')).getByRole('button', { name: 'Use live record: Power' }).focus();
    await hands.keyboard('{Enter}');
    const pressed = screen.getAllByRole('button', { pressed: true }).map(({ textContent }) => textContent);
    expect(pressed.filter((text) => !/\(\d+\)$/.test(text))).toEqual([
      'Use sandbox',
      'Deleted, as in live',
      'Use live record',
    ]);
    const dialog = await askToRefresh(hands);
    expect(await dialog.findByText('Deletes 1 team')).toBeTruthy();
    expect(dialog.queryByRole('radio')).toBeNull();
    await hands.click(dialog.getByRole('button', { name: 'Refresh' }));
    await screen.findByText('3 records refreshed from live');
    expect((await play.entities.get({ type: 'team', id: 't1' })).payload['size']).toBe(9);
    expect((await play.entities.find({ id: 't2' })).deleted_at).not.toBeNull();
    expect((await play.entities.get({ type: 'team', id: 't3' })).payload['size']).toBe(7);
    // What was decided is Play's own now, and in conflict no more.
    await screen.findByRole('rowheader', { name: /^Changed: Radio/ });
    expect(screen.queryByRole('group', { name: /^Resolve/ })).toBeNull();
  });

  it('are resolved all at once with the words of the sandbox', async () => {
    const { hands, play } = await open();
    const dialog = await askToRefresh(hands);
    await dialog.findByText('3 conflicts to resolve');
    const choices = dialog
      .getAllByRole('radio')
      .map((one) => one.closest('.mantine-Radio-root')?.textContent);
    expect(choices).toEqual(['Resolve each in the list', 'Use live for all', 'Use sandbox for all']);
    await hands.click(dialog.getByRole('radio', { name: 'Use sandbox for all' }));
    await dialog.findByText('3 records with a conflict stay unchanged.');
    await hands.click(dialog.getByRole('button', { name: 'Refresh' }));
    await screen.findByText('1 record refreshed from live');
    expect((await play.entities.get({ type: 'team', id: 't1' })).payload['size']).toBe(9);
    expect((await play.entities.find({ id: 't3' })).deleted_at).not.toBeNull();
  });
});

describe('the comparison follows', () => {
  const teams = { t1: 'Radio', t2: 'Optics' };
  const open = async (from: 'live' | 'play') => {
    const opened = await openComparison({
      from,
      before: createTeams(teams, { size: 3 }),
      change: async (play, live) => {
        for (const id of Object.keys(teams)) {
          await setSize(play, id, 9);
          await setSize(live, id, 7);
        }
      },
    });
    await screen.findByRole('rowheader', { name: /^Conflict: Radio/ });
    return opened;
  };
  const conflict = (name: string) => within(rowOf(new RegExp(`^Conflict: ${name}`)));
  const keepPlay = (name: string) => conflict(name).getByRole('button', { name: /^Use sandbox: Size of / });

  it('writes of other processes to live while the sandbox is open, and keeps valid decisions', async () => {
    const { hands, live } = await open('play');
    for (const name of ['Radio', 'Optics']) await hands.click(keepPlay(name));
    await setSize(live, 't1', 8);
    await createTeams({ t3: 'Thermal' })(live);
    await waitFor(() => expect(conflict('Radio').getByText('8 people')).toBeTruthy());
    await screen.findByRole('button', { name: 'Changed in live only (1)' });
    expect(keepPlay('Radio').getAttribute('aria-pressed')).toBe('false');
    expect(keepPlay('Optics').getAttribute('aria-pressed')).toBe('true');
  });

  it.each(['live', 'play'] as const)('the sandbox’s new name, seen from %s', async (from) => {
    const { workspace, sandbox: id } = await open(from);
    const TabNow = () => <p>{useTabTitle(useView()).title}</p>;
    draw(<TabNow />);
    await screen.findByText('Compare “Spring”');
    await clientOf(await workspace.another()).sandboxes.rename({ id, name: 'Autumn' });
    await screen.findByRole('heading', { name: 'Compare “Autumn” with live' });
    expect(await screen.findByText('Compare “Autumn”')).toBeTruthy();
  });

  it('an unread record: a decision about it applies again once it is read unchanged', async () => {
    const ids = ['t1', 't2', 't3'];
    const { sandbox, unmount } = await openComparison({
      before: createTeams({ t1: 'A', t2: 'B', t3: 'C' }, { size: 3 }),
      change: async (play, live) => {
        for (const id of ids) {
          await setSize(play, id, 9);
          await setSize(live, id, 7);
        }
      },
    });
    unmount();
    const compare = async (limit: number): Promise<Comparison> =>
      resultOf(await api.compare.between({ ...sinceBase(sandbox), limit }));
    const records = ids.map((id) => ({ type: 'team', id }) satisfies Pick<Difference, 'type' | 'id'>);
    const { result, rerender } = renderHook(({ comparison }) => useChoices(sandbox, comparison), {
      initialProps: { comparison: await compare(1) },
    });
    act(() => result.current.change((now) => includeRecords(now, records.slice(2), false)));
    for (const row of (await compare(10)).rows)
      act(() => result.current.change((now) => decideField(now, row, 'size', 'play')));
    const decided = () => records.map((one) => decisionOf(result.current.choices, one, 'size'));
    expect(decided()).toEqual(['play', 'play', 'play']);
    await api.entities.update({ type: 'team', id: 't2', data: { size: 8 } });
    rerender({ comparison: await compare(1) });
    expect(decided()).toEqual(['play', null, null]);
    expect(records.map((one) => isLeftOut(result.current.choices, one))).toEqual([false, false, true]);
    await waitFor(() => expect(decided()).toEqual(['play', null, 'play']));
  });
});

describe('the search of a comparison', () => {
  /** Each text finds another kind of value: a choice, a reference, a number, a whole record, a type, a field. */
  const finds = [
    ['outgoing', ['Radio']],
    ['lunar', ['Optics']],
    ['1,250', ['Power']],
    ['muller', ['Ada Müller']],
    ['faculty', ['Ada Müller']],
    ['lifecycle', ['Radio']],
  ] as const;

  it('finds Play’s changes by names, types, fields and values, and selects all found ones', async () => {
    const { hands } = await openComparison({
      before: async (live) => {
        await live.entities.create({ type: 'project', id: 'p1', data: { name: 'Lunar lander' } });
        await createTeams({ t1: 'Radio', t2: 'Optics', t3: 'Power' }, { lifecycle: 'incoming' })(live);
      },
      change: async ({ entities }) => {
        await entities.update({ type: 'team', id: 't1', data: { lifecycle: 'outgoing' } });
        await entities.update({ type: 'team', id: 't2', data: { project_id: 'p1' } });
        await entities.update({ type: 'team', id: 't3', data: { size: 1250 } });
        await entities.create({ type: 'faculty', id: 'f1', data: { name: 'Ada Müller' } });
      },
    });
    const box = await screen.findByRole('searchbox', { name: 'Find a name or value' });
    await waitFor(() => expect(names()).toHaveLength(4));
    for (const [text, found] of finds) {
      await hands.clear(box);
      await hands.type(box, text);
      await waitFor(() => expect(names()).toEqual(found));
    }
    await hands.click(screen.getByRole('checkbox', { name: 'Include all' }));
    await hands.clear(box);
    await waitFor(() => expect(names()).toHaveLength(4));
    const ticked = (name: string) =>
      screen.getByRole<HTMLInputElement>('checkbox', { name: `Include “${name}”` }).checked;
    expect(['Ada Müller', 'Radio', 'Optics', 'Power'].map(ticked)).toEqual([true, false, true, true]);
  });
});

it('opens a record in Play by key, and on return has its search and filters', async () => {
  const shell = await serveShell();
  const { hands, sandbox } = await openComparison({
    page: <Shown />,
    before: createTeams({ t1: 'Radio' }),
    change: async (play, live) => {
      await play.entities.update({ type: 'team', id: 't1', data: { name: 'Antenna' } });
      await createTeams({ t4: 'Thermal' })(live);
    },
  });
  const name = await screen.findByRole('button', { name: 'Antenna' });
  expect(name.title).toBe('Antenna · Open in sandbox: Spring');
  name.focus();
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(shell.asked).toMatchObject([{ what: 'turn', sandbox }]));
  expect(JSON.stringify(shell.asked)).toContain('t1');

  const chip = () => screen.findByRole('button', { name: /^Changed in live only/ });
  const searchbox = () => screen.findByRole<HTMLInputElement>('searchbox');
  await hands.click(await chip());
  await hands.type(await searchbox(), 'therm');
  await hands.click(await screen.findByRole('button', { name: 'Thermal' }));
  await screen.findByText('Elsewhere');
  act(goBack);
  expect((await searchbox()).value).toBe('therm');
  expect((await chip()).getAttribute('aria-pressed')).toBe('true');
  await waitFor(() => expect(names()).toEqual(['Thermal']));
});

it('describes saved views by address, layout and owner', async () => {
  let id = '';
  await openComparison({
    before: async ({ views }) => {
      ({ id } = (await views.create({ name: 'Weak links', address: 'frames://live/interfaces' })).view);
    },
    change: async ({ views }) => {
      await views.update({
        id,
        address: 'frames://live/teams?f=size.gte.5&sort=name.desc',
        layout: { columns: ['name', 'size'] },
      });
      await views.create({ name: 'Faculty', address: 'frames://live/faculty?q=Ada' });
    },
  });
  await screen.findByRole('rowheader', { name: /^Changed: Weak links/ });
  await waitFor(() =>
    expect(
      within(rowOf(/^Changed: Weak links/))
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual([
      '',
      'Address',
      'All links',
      'All links',
      'All teamsSize ≥ 5Sorted by Name, descending',
      'Layout',
      'Defaults',
      'Defaults',
      'Columns: Name, Size',
    ]),
  );
  expect(rowOf(/^Added: Faculty/).textContent).toContain('All facultySearch: “Ada”');
  expect(document.body.textContent).not.toMatch(/frames:\/\/|prf_/);
});

describe('once the sandbox is discarded', () => {
  beforeEach(() => useSeat.setState({ items: {} }));

  it('no comparison is shown on return', async () => {
    const { core, unmount } = await openComparison({ change: createTeams({ t1: 'Radio' }) });
    await screen.findByRole('rowheader', { name: /Radio/ });
    await core.close();
    const [sandbox] = await api.sandboxes.list({});
    unmount();
    await discardSandbox(sandbox as Sandbox);
    const { hands } = draw(<CompareView />);
    expect(screen.queryByRole('rowheader', { name: /Radio/ })).toBeNull();
    expect(await screen.findByRole('heading', { name: 'This sandbox no longer exists' })).toBeTruthy();
    // Its trash is on the page of Play.
    await hands.click(screen.getByRole('button', { name: 'Open Play' }));
    expect(currentAddress().view).toEqual({ kind: 'play' });
  });
});
