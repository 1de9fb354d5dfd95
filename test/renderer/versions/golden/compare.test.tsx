import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import { useGoldenCheck } from '#renderer/features/versions/golden/check.ts';
import { navigate } from '#renderer/stores/address.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';
import { layOut } from '../../support/layout.ts';

const publish = () => awaitResult(api.golden.publish({}), () => {});
const addTeam = (name: string, data: object = {}) =>
  api.entities.create({ type: 'team', data: { name, ...data } });

function show(from: string, to = 'now') {
  navigate({ kind: 'moments', from, to });
  return draw(<MomentsView />);
}

const cellsOf = (name: RegExp): (string | null)[] => {
  const record = screen.getByRole('rowheader', { name }).closest('tbody') as HTMLElement;
  return within(record)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
};

beforeEach(() => {
  layOut();
  useGoldenCheck.setState({ lastCheck: null, refusals: [] });
});

describe('versions compared', () => {
  it('reports that there is no difference', async () => {
    await serveCore();
    await addTeam('Radio');
    await publish();
    show('golden:1');
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
    show('golden:1');
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
    show('golden:1');
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
    show('golden:7');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Golden version 7 cannot be used');
    expect(alert.textContent).toContain('7');
  });

  it('compares any two: a backup with a golden version, as each is called', async () => {
    await serveCore();
    const radio = await addTeam('Radio', { size: 4 });
    await publish();
    await api.entities.update({ type: 'team', id: radio.record.id, data: { size: 9 } });
    const { id } = await awaitResult(api.backups.create({}), () => {});
    await addTeam('Power');
    show('golden:1', `backup:${id}`);
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
