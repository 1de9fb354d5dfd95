import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recentId } from '#main/recent.ts';
import { openSeatFile } from '#main/seat-file.ts';
import { forgetRecent, openRecent } from '#main/workspace-tools.ts';
import type { WorkspaceTools } from '#main/workspace-tools.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
beforeEach(() => (folder = makeFolder()));
afterEach(() => removeFolder(folder));

function workspaceAt(...parts: string[]): string {
  const path = join(folder, ...parts);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'head.json'), '');
  return path;
}

describe('recent workspaces', () => {
  it('are kept for the next start, each once, the latest first, ten at most', async () => {
    const file = join(folder, 'seat.json');
    const seat = openSeatFile(file, () => {});
    for (let n = 0; n < 12; n += 1) seat.addRecent(`/w/${n}`);
    seat.addRecent('/w/5');
    await seat.flush();
    const again = openSeatFile(file, () => {});
    expect(again.recent).toEqual([5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map((n) => `/w/${n}`));
    again.removeRecent('/w/5');
    await again.flush();
    expect(openSeatFile(file, () => {}).recent[0]).toBe('/w/11');
    expect(JSON.stringify(again.seat)).not.toContain('/w/');
  });

  it('are opened and removed by the window’s key', () => {
    const [one, two] = [workspaceAt('One'), workspaceAt('Two')];
    let recent = [one, two, join(folder, 'Gone')];
    const opened: string[] = [];
    const tools: WorkspaceTools = {
      window: () => null,
      currentTarget: () => ({ workspace: one, sample: false }),
      sample: { workspace: join(folder, 'Sample'), sample: true },
      open: ({ workspace }) => opened.push(workspace),
      queueLink: () => {},
      recentFolders: () => recent,
      removeRecent: (path) => (recent = recent.filter((other) => other !== path)),
    };
    expect(openRecent(tools, recentId(two))).toEqual({ outcome: 'opened', name: 'Two' });
    expect(openRecent(tools, recentId(one))).toEqual({ outcome: 'opened', name: 'One' });
    expect(opened).toEqual([two]);
    expect(openRecent(tools, recentId(join(folder, 'Gone')))).toEqual({
      outcome: 'refused',
      reason: 'gone',
      name: 'Gone',
    });
    expect(openRecent(tools, 'unknown')).toEqual({ outcome: 'cancelled' });
    forgetRecent(tools, recentId(join(folder, 'Gone')));
    forgetRecent(tools, 'unknown');
    expect(recent).toEqual([one, two]);
  });
});
