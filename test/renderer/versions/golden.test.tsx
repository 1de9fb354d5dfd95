import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import GoldenHost from '#renderer/features/versions/golden/GoldenHost.tsx';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
import { useGoldenCheck } from '#renderer/features/versions/golden/check.ts';
import { currentAddress, navigate } from '#renderer/stores/address.ts';
import { refreshGolden } from '#renderer/stores/golden.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { ownResources, resources } from '#test/support/golden.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

const publish = (note = '') => awaitResult(api.golden.publish({ note }), () => {});
const addTeam = (name: string, data: object = {}) =>
  api.entities.create({ type: 'team', data: { name, ...data } });

function show() {
  return draw(
    <>
      <GoldenHost />
      <VersionsView />
    </>,
  );
}

type Hands = ReturnType<typeof show>['hands'];

const rows = () => within(screen.getByRole('list', { name: 'Versions' })).queryAllByRole('heading');
const shown = (): (string | null)[] =>
  rows()
    .map(({ textContent }) => textContent)
    .toSorted()
    .toReversed();
const standing = () => screen.findByRole('list', { name: 'Live compared with golden' });

async function choose(hands: Hands, version: number, entry: string): Promise<void> {
  await hands.click(await screen.findByRole('button', { name: `More for version ${version}` }));
  await hands.click(await screen.findByRole('menuitem', { name: entry }));
}

beforeEach(() => {
  layOut();
  useGoldenCheck.setState({ lastCheck: null, refusals: [] });
});

describe('golden versions', () => {
  it('begin with the shipped one; live is published with a note', async () => {
    await serveCore({ resources });
    await addTeam('Radio');
    const { hands } = show();
    await waitFor(() => expect(shown()).toEqual(['Golden version 1']));
    expect(screen.getByText('Built-in')).toBeTruthy();
    const how = within(await standing());
    expect(how.getByText('Version 1 is the built-in sample.')).toBeTruthy();
    expect(how.getByText(/^Your data and golden version 1/)).toBeTruthy();

    await hands.click(screen.getByRole('button', { name: 'Publish golden version…' }));
    const asked = within(await screen.findByRole('dialog', { name: 'Publish live as a golden version?' }));
    expect(await asked.findByText(/^Publishes the current data as version 2 \(1 team\)/)).toBeTruthy();
    await hands.type(asked.getByRole('textbox'), 'As agreed in May');
    await hands.click(asked.getByRole('button', { name: 'Publish' }));
    expect(await screen.findByText('Golden version 2 published')).toBeTruthy();
    await waitFor(() => expect(shown()).toEqual(['Golden version 2', 'Golden version 1']));
    expect(screen.getByText('As agreed in May')).toBeTruthy();
    expect(await screen.findByText('Live matches golden version 2.')).toBeTruthy();
    // A change of the name is one, and no record differs for it.
    await api.workspace.rename({ name: 'Another' });
    await refreshGolden();
    expect(await screen.findByText('The records in live match golden version 2.')).toBeTruthy();
    expect(await api.golden.list({})).toMatchObject([
      { version: 2, note: 'As agreed in May' },
      { version: 1 },
    ]);
  });

  it('are reset to after a preview and the typed name', async () => {
    await serveCore({ resources });
    // As a folder may be called: its ü in two parts, and two blanks.
    await api.workspace.rename({ name: 'Zürich  Nord'.normalize('NFD') });
    await addTeam('Radio');
    await publish('First');
    for (const name of ['Optics', 'Power']) await addTeam(name);
    const { hands } = show();
    expect(await screen.findByText('2 records of live differ from golden version 2.')).toBeTruthy();
    await choose(hands, 2, 'Reset to this version…');
    const asked = within(await screen.findByRole('dialog', { name: 'Reset live to golden version 2?' }));
    expect(await asked.findByText('Deletes 2 teams')).toBeTruthy();
    const yes = asked.getByRole<HTMLButtonElement>('button', { name: 'Reset' });
    expect(yes.disabled).toBe(true);
    const name = 'Zürich Nord';
    await waitFor(() => expect(document.activeElement).toBe(asked.getByRole('textbox')));
    await hands.type(asked.getByRole('textbox'), name.slice(1));
    expect(yes.disabled).toBe(true);
    await hands.clear(asked.getByRole('textbox'));
    await hands.type(asked.getByRole('textbox'), name);
    expect(yes.disabled).toBe(false);
    await hands.click(yes);
    expect(await screen.findByText('Live reset to golden version 2')).toBeTruthy();
    expect((await api.entities.list({ type: 'team' })).total).toBe(1);
    await choose(hands, 1, 'Reset to this version…');
    const again = within(await screen.findByRole('dialog', { name: 'Reset live to golden version 1?' }));
    await hands.click(await again.findByRole('button', { name: 'Show differences' }));
    await waitFor(() =>
      expect(currentAddress().view).toEqual({ kind: 'moments', from: 'golden:1', to: 'now' }),
    );
  });

  it('say that the shipped one is a sample, before it replaces own records', async () => {
    await serveCore({ resources });
    await api.workspace.rename({ name: 'Ours' });
    await addTeam('Radio');
    const { hands } = show();
    await waitFor(() => expect(shown()).toEqual(['Golden version 1']));
    await hands.click(screen.getByRole('button', { name: 'Reset to golden version…' }));
    const asked = within(await screen.findByRole('dialog', { name: 'Reset live to golden version 1?' }));
    const counts = (await api.golden.list({}))[0]?.counts ?? {};
    const records = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const warned = `Replaces the only record of “Ours” with the ${records} records of the built-in sample (version 1).`;
    expect(await asked.findByText(warned)).toBeTruthy();
    expect(await asked.findByText(/^Adds 8 universities/)).toBeTruthy();
    expect(asked.getByText(/^Publish a golden version first/)).toBeTruthy();
    await hands.click(asked.getByRole('button', { name: 'Publish golden version…' }));
    const publishing = await screen.findByRole('dialog', { name: 'Publish live as a golden version?' });
    expect(screen.queryByRole('dialog', { name: 'Reset live to golden version 1?' })).toBeNull();
    await hands.click(within(publishing).getByRole('button', { name: 'Publish' }));
    await waitFor(() => expect(shown()).toEqual(['Golden version 2', 'Golden version 1']));

    // Their own is none; the sample says what it is all the same, and no more how to have an own one.
    await choose(hands, 2, 'Reset to this version…');
    const own = within(await screen.findByRole('dialog', { name: 'Reset live to golden version 2?' }));
    await own.findByText(/nothing to restore/i);
    expect(own.queryByText(/made-up sample/)).toBeNull();
    await hands.click(own.getByRole('button', { name: 'Cancel' }));
    await choose(hands, 1, 'Reset to this version…');
    const again = within(await screen.findByRole('dialog', { name: 'Reset live to golden version 1?' }));
    expect(await again.findByText(/built-in sample/)).toBeTruthy();
    expect(again.queryByText(/^Publish a golden version first/)).toBeNull();
  });

  it('replace nothing in an empty workspace', async () => {
    await serveCore({ resources });
    const { hands } = show();
    await waitFor(() => expect(shown()).toEqual(['Golden version 1']));
    await hands.click(screen.getByRole('button', { name: 'Reset to golden version…' }));
    const asked = within(await screen.findByRole('dialog', { name: 'Reset live to golden version 1?' }));
    expect(await asked.findByText(/^Version 1 is the built-in sample \(\d+ records\)\.$/)).toBeTruthy();
    expect(asked.queryByRole('button', { name: 'Publish golden version…' })).toBeNull();
  });

  it('are published and reset to by admins; for others disabled with the reason', async () => {
    await serveCore({ resources });
    const editor = await api.workspace.createProfile({ name: 'Ed', role: 'editor', university_id: null });
    await actAs(editor.id);
    const { hands } = show();
    for (const name of ['Publish golden version…', 'Reset to golden version…']) {
      const button = await screen.findByRole('button', { name });
      await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
      expect(button.title).toMatch(/admins/);
    }
    await hands.click(await screen.findByRole('button', { name: 'More for version 1' }));
    const item = await screen.findByRole('menuitem', { name: /^Reset to this version…/ });
    expect(item.textContent).toMatch(/admins/);
    expect(item.getAttribute('aria-disabled')).toBe('true');
  });

  it('are tried in Play', async () => {
    await serveCore({ resources });
    const { hands } = show();
    await choose(hands, 1, 'Try in sandbox…');
    const asked = within(await screen.findByRole('dialog', { name: 'New sandbox' }));
    const from = asked.getByRole<HTMLInputElement>('combobox', { name: 'Copy of' });
    await waitFor(() => expect(from.value).toBe('Golden version 1'));
    await hands.click(asked.getByRole('button', { name: 'Create' }));
    await screen.findByText('Sandbox “Sandbox 1” created', undefined, { timeout: 10_000 });
    expect(await api.sandboxes.list({})).toMatchObject([{ from: 'golden:1', problem: null }]);
  });

  it('with a changed file are found when all are checked, and a changed source is refused', async () => {
    const own = ownResources();
    const { workspace } = await serveCore({ resources: own });
    await addTeam('Radio');
    await publish();
    const { hands } = show();
    await waitFor(() => expect(shown()).toEqual(['Golden version 2', 'Golden version 1']));
    await hands.click(screen.getByRole('button', { name: 'Check golden versions' }));
    expect(await screen.findByText('All golden versions are intact')).toBeTruthy();
    expect(screen.getAllByText('intact')).toHaveLength(2);

    writeFileSync(join(own, 'golden', 'golden.frames'), 'none');
    const file = join(workspace.files.golden, '2.frames');
    chmodSync(file, 0o644);
    writeFileSync(file, 'none');
    await hands.click(screen.getByRole('button', { name: 'Check golden versions' }));
    expect(await screen.findByText('Some golden versions cannot be used')).toBeTruthy();
    expect(await screen.findByText(/^The built-in sample is not a [^G]*$/)).toBeTruthy();
    expect(await screen.findAllByText(/^Golden version 2 is not a golden version/)).not.toEqual([]);
    const compare = screen.getByRole<HTMLButtonElement>('button', { name: 'Compare live with version 2' });
    expect(compare.disabled).toBe(true);
  });
});

function showComparison(from: string, to = 'now') {
  navigate({ kind: 'moments', from, to });
  return draw(<MomentsView />);
}

const cellsOf = (name: RegExp): (string | null)[] => {
  const record = screen.getByRole('rowheader', { name }).closest('tbody') as HTMLElement;
  return within(record)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
};

describe('versions compared', () => {
  it('reports that there is no difference', async () => {
    await serveCore();
    await addTeam('Radio');
    await publish();
    showComparison('golden:1');
    expect(await screen.findByText('No differences.')).toBeTruthy();
  });

  it('names an unusable version with the reason, also on the golden page', async () => {
    const { workspace } = await serveCore();
    await publish();
    const file = join(workspace.files.golden, '1.frames');
    const bytes = readFileSync(file);
    bytes[6000] = 255 - (bytes[6000] ?? 0);
    chmodSync(file, 0o644);
    writeFileSync(file, bytes);
    showComparison('golden:1');
    expect(await screen.findByRole('heading', { name: 'Golden version 1 cannot be used' })).toBeTruthy();
    const said = screen.getByText(/Nothing was changed\. Choose another version/);
    expect(said.textContent?.match(/Nothing was changed/g)).toHaveLength(1);
    expect(useGoldenCheck.getState().refusals).toMatchObject([
      { version: 1, problem: { code: 'golden.changed' } },
    ]);
  });

  it('shows added, changed and removed records field by field', async () => {
    await serveCore();
    const radio = await addTeam('Radio', { size: 4 });
    const optics = await addTeam('Optics', { size: 2 });
    await publish();
    await api.entities.update({ type: 'team', id: radio.record.id, data: { size: 9 } });
    await api.entities.remove({ type: 'team', id: optics.record.id });
    await addTeam('Power', { size: 3 });
    showComparison('golden:1');
    await screen.findByRole('rowheader', { name: /Changed:\s*Radio/ });
    for (const sum of ['Added (1)', 'Changed (1)', 'Deleted (1)'])
      expect(screen.getByRole('button', { name: sum })).toBeTruthy();
    expect(cellsOf(/Changed:\s*Radio/)).toEqual([
      'Size',
      expect.stringMatching(/^4/),
      expect.stringMatching(/^9/),
    ]);
    expect(cellsOf(/Deleted:\s*Optics/)).toEqual([
      'whole record',
      expect.stringMatching(/Size: 2/),
      'deleted',
    ]);
    expect(screen.getByRole('rowheader', { name: /Deleted:\s*Optics\s*Team/ })).toBeTruthy();
    expect(cellsOf(/Added:\s*Power/)).toEqual(['whole record', '–', expect.stringMatching(/Size: 3/)]);
  });

  it('names a missing version', async () => {
    await serveCore();
    showComparison('golden:7');
    expect(await screen.findByRole('heading', { name: 'Golden version 7 cannot be used' })).toBeTruthy();
  });

  it('compares any two: a backup with a golden version, as each is called', async () => {
    await serveCore();
    const radio = await addTeam('Radio', { size: 4 });
    await publish();
    await api.entities.update({ type: 'team', id: radio.record.id, data: { size: 9 } });
    const { id } = await awaitResult(api.backups.create({}), () => {});
    await addTeam('Power');
    showComparison('golden:1', `backup:${id}`);
    expect(await screen.findByRole('columnheader', { name: 'Golden version 1' })).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: /^Backup of / })).toBeTruthy();
    expect(cellsOf(/Changed:\s*Radio/)).toEqual([
      'Size',
      expect.stringMatching(/^4/),
      expect.stringMatching(/^9/),
    ]);
    expect(screen.queryByText('Power')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Reset to this version…' })).toBeNull();
  });
});
