import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { StatusBar } from '#renderer/app/StatusBar.tsx';
import HistoryView from '#renderer/features/history/HistoryView.tsx';
import { go, here } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { historyOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

const long =
  'Keeps the flight software and its simulator. Meets every Tuesday with ground operations in room 214.';

async function open() {
  await serveCore();
  const { record } = await api.entities.create({
    type: 'team',
    data: { name: 'Thermal', size: 4, experience: 9, description: long },
  });
  onTestFinished(watchChanges(queries));
  go(historyOf());
  const drawn = draw(
    <>
      <HistoryView />
      <StatusBar />
    </>,
  );
  await screen.findByRole('option', { name: /Created Thermal/ });
  return { ...drawn, team: record.id };
}

const opened = (): HTMLElement => screen.getByRole('complementary', { name: 'What this changed' });

beforeEach(() => layOut());

describe('the history', () => {
  it('lists what was done, newest first, and opens it with the keys', async () => {
    const { hands, team } = await open();
    await api.entities.update({ type: 'team', id: team, data: { size: 6 } });
    await screen.findByRole('option', { name: /Changed size of Thermal/ });
    await screen.findByText('3 entries');
    act(() => screen.getByRole('listbox').focus());
    await hands.keyboard('{Home}');
    expect(await within(opened()).findByText('4 people')).toBeTruthy();
    expect(within(opened()).getByText('6 people')).toBeTruthy();
    await hands.keyboard('{End}');
    await waitFor(() => expect(within(opened()).getByText('Made this workspace')).toBeTruthy());
    await hands.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).toBeNull();
  });

  it('calls the role of a profile as the window does', async () => {
    const { hands } = await open();
    const { id } = await api.workspace.createProfile({ name: 'Rea', role: 'viewer', university_id: null });
    await api.workspace.changeProfile({ profile: id, role: 'researcher' });
    await screen.findByRole('option', { name: /Changed the profile Rea/ });
    act(() => screen.getByRole('listbox').focus());
    await hands.keyboard('{Home}');
    expect(await within(opened()).findByText('Viewer')).toBeTruthy();
    expect(within(opened()).getByText('Researcher')).toBeTruthy();
  });

  it('puts what an act was into words, and its ids behind them', async () => {
    const { hands } = await open();
    await follow(api.backups.create({}), () => {});
    await api.backups.setRetention({ last: 1, daily: 0, weekly: 0, monthly: 0 });
    await follow(api.golden.publish({ note: '' }), () => {});
    await screen.findByRole('option', { name: /Published golden version/ });
    act(() => screen.getByRole('listbox').focus());
    await hands.keyboard('{Home}');
    expect(await within(opened()).findByText('Golden version')).toBeTruthy();
    expect(within(opened()).getByText('Checksum')).toBeTruthy();
    expect(opened().textContent).not.toMatch(/golden\.publish|sha256/);
    await hands.keyboard('{ArrowDown}');
    expect(await within(opened()).findByText('Newest backups')).toBeTruthy();
    expect(opened().textContent).not.toMatch(/monthly/);
  });

  it('puts what a saved view shows into words', async () => {
    const { hands } = await open();
    const name = {
      name: 'Big ones',
      address: 'frames://live/teams?f=size.gte.5&f=own%3AStage.is.%22Build%22&sort=name.desc',
    };
    await api.views.create({ ...name, layout: { columns: ['name', 'own:Stage'], pinned: [] } });
    await hands.click(await screen.findByRole('option', { name: /Saved the view Big ones/ }));
    await within(opened()).findByText('All teams');
    for (const line of [
      'All teams',
      'Size ≥ 5',
      'Stage: Build',
      'Sorted by Name, descending',
      'Columns: Name, Stage',
    ])
      expect(within(opened()).getByText(line)).toBeTruthy();
    expect(within(opened()).queryByText(/frames:\/\//)).toBeNull();
  });

  it('tells null from what is not there, and shows what changed within a long text', async () => {
    const { hands, team } = await open();
    const description = long.replace('Tuesday', 'Monday');
    await api.entities.update({
      type: 'team',
      id: team,
      data: { project_id: null, description },
      unset: ['experience'],
    });
    await hands.click(await screen.findByRole('option', { name: /Changed .*Thermal/ }));
    const lines = await within(opened()).findAllByRole('listitem');
    const line = (field: string): HTMLElement => {
      const found = lines.find((one) => within(one).queryByText(field));
      if (!found) throw new Error(`no line for ${field}`);
      return found;
    };
    expect(line('Project').textContent).toBe('+Projectnot there→empty');
    expect(line('Experience').textContent).toBe('−Experience9 months→not there');
    const text = line('Description');
    expect(text.querySelector('del')?.textContent).toBe('Tuesday');
    expect(text.querySelector('ins')?.textContent).toBe('Monday');
  });

  it('tells notes in words, line by line, without the signs in which they are stored', async () => {
    const { hands, team } = await open();
    const data = { meta: { room: 'A431', floor: 4 } };
    await api.entities.update({ type: 'team', id: team, data });
    await api.entities.update({ type: 'team', id: team, data: { meta: { room: 'B12', floor: 4 } } });
    await hands.click(
      (await screen.findAllByRole('option', { name: /Changed other notes/ }))[0] as HTMLElement,
    );
    const [line] = await within(opened()).findAllByRole('listitem');
    expect(line?.querySelector('del')?.textContent).toBe('room: A431');
    expect(line?.querySelector('ins')?.textContent).toBe('room: B12');
    expect(line?.textContent).not.toMatch(/[{}"]/);
  });

  it('of one record tells of its links too', async () => {
    const { team } = await open();
    const { record } = await api.entities.create({ type: 'faculty', data: { name: 'Ilse Marwood' } });
    await api.entities.create({ type: 'interface', data: { from: record.id, to: team } });
    go(historyOf({ record: team }));
    expect(await screen.findByRole('option', { name: /Created Ilse Marwood → Thermal/ })).toBeTruthy();
    await screen.findByText('2 entries match');
    go(historyOf({ record: team, type: 'team' }));
    await screen.findByText('1 entry matches');
  });

  it('folds a whole record, and unfolds it', async () => {
    const { hands, team } = await open();
    await api.entities.create({ type: 'faculty', data: { name: 'Ilse Marwood' } });
    const [faculty] = (await api.entities.list({ type: 'faculty' })).rows;
    await api.entities.create({
      type: 'interface',
      data: { from: team, to: faculty?.id ?? '', energy_loss: 60 },
    });
    const { rows } = await api.entities.list({ type: 'interface' });
    await api.entities.remove({ type: 'interface', id: rows[0]?.id ?? '' });
    await hands.click(await screen.findByRole('option', { name: /^Deleted Thermal → Ilse Marwood/ }));
    const fold = () => within(opened()).findByRole('button', { name: /field/ });
    expect((await fold()).getAttribute('aria-expanded')).toBe('true');
    await hands.click(await fold());
    expect(within(opened()).queryByText('60 %')).toBeNull();
    await hands.click(await fold());
    expect(await within(opened()).findByText('60 %')).toBeTruthy();
    expect(within(opened()).getByText('Ilse Marwood')).toBeTruthy();
  });

  it('undoes one’s own latest change, marks it, and offers to redo it', async () => {
    const { hands, team } = await open();
    await hands.click(screen.getByRole('option', { name: /Created Thermal/ }));
    await hands.click(await within(opened()).findByRole('button', { name: 'Undo' }));
    await waitFor(async () => expect((await api.entities.find({ id: team })).deleted_at).not.toBeNull());
    expect(await within(opened()).findByText('undone')).toBeTruthy();
    await hands.click(await within(opened()).findByRole('button', { name: 'Redo' }));
    await waitFor(async () => expect((await api.entities.find({ id: team })).deleted_at).toBeNull());
  });

  it('offers no undo for what somebody else did', async () => {
    const { hands } = await open();
    const other = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: other.id });
    await queries.invalidateQueries();
    await hands.click(screen.getByRole('option', { name: /Created Thermal/ }));
    await within(opened()).findByText('Details');
    expect(within(opened()).queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('one Esc closes the menu of a filter, the next the change that is open', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('option', { name: /Created Thermal/ }));
    opened();
    for (const [filter, shown] of [
      ['When', () => screen.queryByRole('button', { name: 'Today' })],
      ['History', () => screen.queryByText(/^None yet/)],
    ] as const) {
      await hands.click(screen.getByRole('button', { name: filter }));
      await waitFor(() => expect(shown()).toBeTruthy());
      await hands.keyboard('{Escape}');
      await waitFor(() => expect(shown()).toBeNull());
      opened();
    }
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
  });

  it('is narrowed by filters, says when nothing is left, and takes them back', async () => {
    const { hands } = await open();
    await hands.click(screen.getByPlaceholderText('Action'));
    await hands.click(await screen.findByRole('option', { name: 'deleted' }));
    expect(here().view).toMatchObject({ action: 'delete' });
    expect(await screen.findByText(/Nothing that was done matches/)).toBeTruthy();
    await hands.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(await screen.findByRole('option', { name: /Created Thermal/ })).toBeTruthy();
  });

  it('finds records to narrow by with what tells them apart, deleted ones too', async () => {
    const { hands, team } = await open();
    const { record } = await api.entities.create({ type: 'university', data: { name: 'Summit' } });
    await api.entities.create({ type: 'team', data: { name: 'Thermal', university_id: record.id } });
    await api.entities.remove({ type: 'team', id: team });
    await hands.type(screen.getByPlaceholderText('Record'), 'therm');
    expect(await screen.findByRole('option', { name: 'Thermal · Team · Summit' })).toBeTruthy();
    await hands.click(await screen.findByRole('option', { name: 'Thermal · Team · deleted' }));
    expect(here().view).toMatchObject({ record: team });
    expect(await screen.findByDisplayValue('Thermal · Team · deleted')).toBeTruthy();
  });

  it('shows all that happened to one record', async () => {
    const { hands, team } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Optics' } });
    await hands.click(screen.getByRole('option', { name: /Created Thermal/ }));
    await hands.click(
      await within(opened()).findByRole('button', { name: 'All that happened to this record' }),
    );
    expect(here().view).toEqual(historyOf({ record: team }));
    await waitFor(() => expect(screen.queryByRole('option', { name: /Optics/ })).toBeNull());
    expect(await screen.findByDisplayValue('Thermal · Team')).toBeTruthy();
  });

  it('tells of saved views and of places in the network, by the names of what they hold', async () => {
    const { hands, team } = await open();
    await api.views.create({ name: 'Weak links', address: 'frames://live/interfaces' });
    await api.network.arrange({ places: [{ id: team, x: 10, y: 20 }] });
    await hands.click(await screen.findByRole('option', { name: /Saved the view Weak links/ }));
    const place = await within(opened()).findByTitle('Its address: frames://live/interfaces');
    expect(place.textContent).toBe('All links');
    expect(within(opened()).getAllByText('Owner')).toHaveLength(1);
    expect(opened().querySelector('.diff-record')?.textContent).not.toContain('prof_');
    await hands.click(screen.getByRole('option', { name: /Moved Thermal in the network/ }));
    expect(await within(opened()).findByRole('button', { name: 'Thermal' })).toBeTruthy();
    await hands.click(within(opened()).getByRole('button', { name: 'All that happened to this record' }));
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
  });
});
