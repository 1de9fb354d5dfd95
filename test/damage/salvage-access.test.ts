import { chmodSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { backUp } from '#test/support/backup.ts';
import { flipBit } from '#test/support/damage.ts';
import { damagePages } from '#test/support/salvage.ts';
import { copyForAll, openUp, saidTo } from '#test/support/somebody.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const frames = join(root, 'bin/frames');

interface Given {
  backups: string;
  /** The file of the newest backup. */
  newest: string;
}

/** What salvaging says that it would give, to somebody who has no more access than modes say. */
function salvaged(folder: string): SalvageReport {
  const said = saidTo(frames, ['salvage', '--dry', '--json', '--workspace', folder]);
  return (JSON.parse(said) as { report: SalvageReport }).report;
}

/** A damaged workspace with two backups that everybody may use. */
async function damaged() {
  const workspace = await testWorkspace({ template });
  const older = await backUp(workspace);
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  const newer = await backUp(workspace);
  await workspace.core.close();
  damagePages(workspace.folder, [2], () => 0);
  const folder = copyForAll(workspace.folder);
  const backups = join(folder, 'backups');
  return {
    folder,
    older: older.id,
    newer: newer.id,
    at: { backups, newest: join(backups, `${newer.id}.frames`) },
  };
}

const cases: [string, 'spoiled' | 'unused', (at: Given) => void][] = [
  ['of which a byte is another', 'spoiled', ({ newest }) => flipBit(newest, 0.5)],
  ['that is cut off', 'unused', ({ newest }) => truncateSync(newest, 100)],
  ['that is a folder', 'unused', ({ newest }) => (rmSync(newest), mkdirSync(newest))],
  ['that nobody may read', 'unused', ({ newest }) => chmodSync(newest, 0)],
];

test.each(cases)(
  'salvaging goes on without a backup %s, and says which that is',
  { timeout: 120_000 },
  async (_, how, spoil) => {
    const { folder, older, newer, at } = await damaged();
    spoil(at);
    const { backup, transactions, spoiled, unused, closed } = salvaged(folder);
    expect({ id: backup?.id, transactions }).toEqual({ id: older, transactions: 1 });
    expect({ spoiled, unused, closed }).toEqual({
      spoiled: how === 'spoiled' ? [newer] : [],
      unused: how === 'unused' ? [{ id: newer, why: 'unusable' }] : [],
      closed: undefined,
    });
  },
);

test.each([
  ['nobody may enter', 0],
  ['nobody may list', 0o311],
])(
  'salvaging goes on without a folder of backups that %s, and says so',
  { timeout: 120_000 },
  async (_, mode) => {
    const { folder, at } = await damaged();
    chmodSync(at.backups, mode);
    const { backup, closed } = salvaged(folder);
    expect({ backup, closed }).toEqual({ backup: null, closed: [at.backups] });
  },
);

test.each(['of today', 'of before'])(
  'salvaging names the place of backups %s that nobody may enter',
  { timeout: 120_000 },
  async (which) => {
    const { folder, at } = await damaged();
    const drive = join(dirname(folder), 'drive');
    const place = join(drive, 'frames-backups-abc');
    mkdirSync(drive);
    onTestFinished(() => openUp(dirname(folder)));
    if (which === 'of today') renameSync(at.backups, place);
    else mkdirSync(place);
    openUp(drive);
    writeFileSync(join(folder, 'backups.place.json'), JSON.stringify({ format: 1, folder: place }));
    chmodSync(which === 'of today' ? drive : at.backups, 0);
    const { backup, closed } = salvaged(folder);
    expect({ backup, closed }).toEqual({ backup: null, closed: [which === 'of today' ? place : at.backups] });
  },
);

test('people without access to the file are told so', { timeout: 120_000 }, async () => {
  const { folder } = await damaged();
  chmodSync(join(folder, 'frames.sqlite'), 0);
  expect(() => salvaged(folder)).toThrow(/"reason": ?"unreadable"/);
});
