import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { besideRecent } from '#main/beside-seat.ts';
import { recentId } from '#main/recent.ts';
import { openSeatFile } from '#main/seat-file.ts';

const sandbox = 'sbx_0192f000-0000-7000-8000-000000000001';

it('a deleted folder among the recent ones keeps what is of sandboxes, and nothing of workspaces that nobody knows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frames-seat-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [gone, here, forgotten, sample] = ['gone', 'here', 'forgotten', 'sample'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  mkdirSync(here);
  const seat = openSeatFile(join(folder, 'seat.json'), String, (recent) => besideRecent(recent, sample));
  const ofSandboxes = { [`tabs@${sandbox}`]: 'play', [`wizard:${sandbox}`]: { name: 'Half' } };
  const ofKnown = {
    [`tabs@${recentId(gone)}`]: 1,
    [`tabs@${recentId(here)}`]: 2,
    [`tabs@${recentId(sample)}`]: 3,
  };
  seat.opened(here);
  seat.change({ items: { ...ofSandboxes, ...ofKnown, [`tabs@${recentId(forgotten)}`]: 4 } });
  seat.opened(gone);
  expect(seat.seat.items).toEqual({ ...ofSandboxes, ...ofKnown });
  seat.forget(gone);
  const { [`tabs@${recentId(gone)}`]: _gone, ...known } = ofKnown;
  expect(seat.seat.items).toEqual(known);
  mkdirSync(join(here, 'sandboxes'));
  writeFileSync(join(here, 'sandboxes', `${sandbox}.sqlite`), '');
  seat.change({ items: ofSandboxes });
  seat.turnTo(recentId(here));
  expect(seat.seat.items).toMatchObject(ofSandboxes);
});
