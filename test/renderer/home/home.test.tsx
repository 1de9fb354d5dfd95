import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useDamage } from '#renderer/api/damage.ts';
import HomeView from '#renderer/features/home/HomeView.tsx';
import PastHost from '#renderer/features/past/PastHost.tsx';
import { useCheck } from '#renderer/features/workspace/verify.ts';
import { follow } from '#renderer/api/stream.ts';
import { go, here } from '#renderer/stores/address.ts';
import { backupsChanged } from '#renderer/stores/backups.ts';
import { register } from '#renderer/commands/registry.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { clearScreen } from '#renderer/ui/notices.tsx';
import { listOf } from '#shared/address/view.ts';
import { placeFile } from '#core/kernel/backups-folder.ts';
import { fillSample } from '#core/sample/fill.ts';
import { testFolder } from '#test/support/folder.ts';
import { openAt, transactionsOf } from '#test/support/moments.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { lookAt } from '../support/target.ts';

async function open() {
  const served = await serveCore();
  onTestFinished(watchChanges(queries));
  go({ kind: 'home' });
  return { served, ...draw(<HomeView />) };
}

/** The window of the past: at the first moment, before there was any record, or at the newest. A team that belongs nowhere came between. */
async function openThen(at: 'first' | 'now') {
  const served = await serveCore();
  const { core } = served.workspace;
  await clientOf(core).entities.create({ type: 'team', data: { name: 'Thermal' } });
  served.serve(await openAt(served.workspace, at === 'first' ? (transactionsOf(core)[0] ?? 0) : at));
  const shell = await serveShell();
  lookAt('then-live');
  go({ kind: 'home' });
  const drawn = draw(
    <>
      <HomeView />
      <PastHost />
    </>,
  );
  return { shell, ...drawn };
}

beforeEach(() => {
  useDamage.setState({ met: false });
  clearScreen();
  useSeat.setState({ items: {} });
  useCheck.setState({ running: null, last: null });
});

describe('home', () => {
  it('of an empty workspace shows how to begin', async () => {
    const { hands } = await open();
    expect(await screen.findByRole('heading', { level: 1, name: 'Bring in your records' })).toBeTruthy();
    const ways = screen.getAllByRole('listitem').map((way) => way.textContent);
    expect(ways.slice(0, 3).map((way) => /^From (?:a spreadsheet|a FRAMES file|scratch)/.test(way))).toEqual([
      true,
      true,
      true,
    ]);
    const chosen: string[] = [];
    const commands = ['go.wizard', 'file.import'].map((id) => {
      return { id, group: 'file' as const, label: id, run: () => void chosen.push(id) };
    });
    const takeBack = register(commands);
    await hands.click(screen.getByRole('button', { name: /^From scratch/ }));
    await hands.click(screen.getByRole('button', { name: /^From a spreadsheet/ }));
    takeBack();
    expect(chosen).toEqual(['go.wizard', 'file.import']);
  });

  it('of an empty workspace offers a viewer nothing that is refused', async () => {
    await open();
    const viewer = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: viewer.id });
    await queries.invalidateQueries();
    expect(await screen.findByText(/^Viewers cannot change records/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^From scratch/ })).toBeNull();
  });

  it('of a moment at which there was nothing says so and leads back to now: nobody begins there, whatever the role', async () => {
    const { hands, shell } = await openThen('first');
    const title = 'There was nothing here at this moment';
    expect(await screen.findByRole('heading', { level: 1, name: title })).toBeTruthy();
    expect(screen.getByText(/had no records then$/)).toBeTruthy();
    expect(screen.queryByText(/viewer|profile|role/i)).toBeNull();
    expect(screen.queryByRole('button', { name: /^From / })).toBeNull();
    await hands.click(await screen.findByRole('button', { name: 'Back to now' }));
    await waitFor(() =>
      expect(shell.asked).toContainEqual(expect.objectContaining({ what: 'turn', sandbox: null })),
    );
  });

  it('of the sample offers a workspace of one’s own, and to take out the made-up records alone, whatever came since', async () => {
    const { served, hands } = await open();
    const { core } = served.workspace;
    const steps = fillSample(core.services, core.session());
    for await (const _ of steps);
    await queries.invalidateQueries();
    expect(await screen.findByRole('button', { name: 'New workspace…' })).toBeTruthy();
    const own = (await api.entities.create({ type: 'team', data: { name: 'Payload Optics' } })).record;
    await hands.click(await screen.findByRole('button', { name: 'Take the sample out' }));
    expect(await screen.findByText('The sample is out. Your own records stayed.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Take the sample out' })).toBeNull());
    expect((await api.entities.list({ type: 'team' })).rows.map(({ id }) => id)).toEqual([own.id]);
  });

  it('of a sample that was taken out a moment ago offers to bring it back', async () => {
    const { served, hands } = await open();
    const { core } = served.workspace;
    const steps = fillSample(core.services, core.session());
    for await (const _ of steps);
    await queries.invalidateQueries();
    await hands.click(await screen.findByRole('button', { name: 'Take the sample out' }));
    await hands.click(await screen.findByRole('button', { name: /^Bring the sample back/ }));
    expect(await screen.findByRole('button', { name: 'Take the sample out' })).toBeTruthy();
  });

  it('says what needs attention as soon as it does, and leads there', async () => {
    const { hands } = await open();
    const university = (await api.entities.create({ type: 'university', data: { name: 'Summit' } })).record;
    const data = { university_id: university.id, lifecycle: 'outgoing' };
    const one = (await api.entities.create({ type: 'team', data: { ...data, name: 'Thermal' } })).record;
    expect(await screen.findByRole('heading', { name: '1 thing needs attention' })).toBeTruthy();
    const two = (await api.entities.create({ type: 'team', data: { ...data, name: 'Optics' } })).record;
    await api.entities.create({ type: 'interface', data: { from: one.id, to: two.id, energy_loss: 60 } });
    expect(await screen.findByText('1 link is fragile')).toBeTruthy();
    expect(await screen.findByText('2 teams are outgoing')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Show teams' }));
    expect(here().view).toEqual({
      ...listOf('team'),
      filters: [{ field: 'lifecycle', op: 'is', value: 'outgoing' }],
    });
  });

  it('verifies on request and says what was found', async () => {
    const { hands } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    await hands.click(await screen.findByRole('button', { name: 'Verify now' }));
    expect(await screen.findByText('Checked and in order')).toBeTruthy();
    expect(
      screen.getByText(/its 2 entries are unbroken, and replaying them gives exactly the 1 record/),
    ).toBeTruthy();
  });

  it('tells the last backup of what is here now, and where there is none', async () => {
    await open();
    await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    const line = async (text: string) => (await screen.findByRole('button', { name: text })).closest('li');
    expect((await line('No backup yet'))?.querySelector('[stroke="var(--text-3)"]')).toBeTruthy();
    await follow(api.backups.create({}), () => {});
    await act(backupsChanged);
    expect((await line('Last backup'))?.querySelector('[stroke="var(--ok)"]')).toBeTruthy();
  });

  it('says that the place of backups is not there, whatever was read before, and leads to Health', async () => {
    const drive = join(testFolder(), 'frames-backups-one');
    mkdirSync(drive);
    const template = await makeTemplate(async (workspace) => {
      writeFileSync(placeFile(workspace.folder), JSON.stringify({ format: 1, folder: drive }));
      await workspace.core.close();
      await workspace.reopen();
      await workspace.as().entities.create({ type: 'team', data: { name: 'Thermal' } });
      await resultOf(await workspace.as().backups.create({}));
    });
    await serveCore({ template });
    const { hands } = draw(<HomeView />);
    expect(await screen.findByRole('button', { name: 'Last backup' })).toBeTruthy();
    rmSync(drive, { recursive: true });
    await act(backupsChanged);
    const line = await screen.findByRole('button', { name: 'The place of backups is not there' });
    expect(line.closest('li')?.querySelector('[stroke="var(--warn)"]')).toBeTruthy();
    expect(screen.queryByText('Last backup')).toBeNull();
    await hands.click(line);
    expect(here().view.kind).toBe('care');
  });

  it('says plainly when the check finds something wrong', async () => {
    const { served, hands } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    served.workspace.raw((db) => db.exec(`UPDATE teams SET payload = json_set(payload, '$.name', 'Forged')`));
    await hands.click(await screen.findByRole('button', { name: 'Verify now' }));
    expect(await screen.findByText('The last check found something wrong')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('does not give the records that are here');
  });

  it('leads to recovery where the chain is broken', async () => {
    onTestFinished(() => useDamage.setState({ met: false }));
    const { served, hands } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    served.workspace.raw((db) => db.exec("UPDATE audit_logs SET actor = 'x' WHERE id = 2"));
    await hands.click(await screen.findByRole('button', { name: 'Verify now' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Do not go on working');
    expect(screen.getByRole('button', { name: 'Close and recover…' })).toBeTruthy();
    expect(useDamage.getState().met).toBe(true);
    await expect(api.entities.create({ type: 'team', data: { name: 'Radio' } })).rejects.toThrow(
      'Damage was met',
    );
  });
});
