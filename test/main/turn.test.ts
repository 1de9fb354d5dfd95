import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Target } from '#main/arguments.ts';
import { sandboxesIn } from '#main/workspace-folder.ts';
import { openIfOther, switchTarget } from '#main/workspace-tools.ts';
import type { WorkspaceTools } from '#main/workspace-tools.ts';

const [one, two] = [1, 2].map((n) => `sbx_0192f000-0000-7000-8000-00000000000${n}`) as [string, string];
const link = 'frames://live/play';

function toolsAt(current: Target) {
  const [openings, brought]: [Target[], string[]] = [[], []];
  const tools: WorkspaceTools = {
    window: () => null,
    currentTarget: () => current,
    sample: { workspace: '/sample', sample: true },
    open: (target) => openings.push(target),
    queueLink: (text) => brought.push(text),
    recentFolders: () => [],
    removeRecent: () => {},
  };
  return { tools, openings, brought };
}

describe('turning between live and Play', () => {
  it('opens a sandbox of the same workspace, and from there its records', () => {
    const live = { workspace: '/w', sample: false };
    const there = toolsAt(live);
    expect(switchTarget(there.tools, { sandbox: one }, undefined)).toBe(true);
    expect(there.openings).toEqual([{ ...live, sandbox: one }]);
    const back = toolsAt({ ...live, sandbox: one });
    expect(switchTarget(back.tools, { sandbox: null }, link)).toBe(true);
    expect(back.openings).toEqual([live]);
    expect(back.brought).toEqual([link]);
    expect(switchTarget(back.tools, { sandbox: two }, undefined)).toBe(true);
    expect(back.openings[1]).toEqual({ ...live, sandbox: two });
  });

  it('opens a point in time of live or a sandbox, and returns', () => {
    const live = { workspace: '/w', sample: false };
    const now = toolsAt(live);
    expect(switchTarget(now.tools, { sandbox: null, at: 12 }, undefined)).toBe(true);
    expect(switchTarget(now.tools, { sandbox: one, at: 'Before' }, undefined)).toBe(true);
    expect(now.openings).toEqual([
      { ...live, at: 12 },
      { ...live, sandbox: one, at: 'Before' },
    ]);
    const then = toolsAt({ ...live, at: 12 });
    expect(switchTarget(then.tools, { sandbox: null, at: 12 }, link)).toBe(true);
    expect(switchTarget(then.tools, { sandbox: null }, undefined)).toBe(true);
    expect(openIfOther(then.tools, live)).toEqual({ outcome: 'opened', name: 'w' });
    expect(then.openings).toEqual([live, live]);
  });
});

describe('sandboxes in a folder', () => {
  it('are reported by file name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'frames-'));
    expect(sandboxesIn(folder)).toEqual([]);
    mkdirSync(join(folder, 'sandboxes'));
    for (const name of [
      `${one}.sqlite`,
      `${one}.sqlite-wal`,
      `${two}.head.json`,
      'mine.sqlite',
      'lock.sqlite',
    ])
      writeFileSync(join(folder, 'sandboxes', name), '');
    expect(sandboxesIn(folder)).toEqual([one]);
    mkdirSync(join(folder, 'sandboxes', 'trash'));
    writeFileSync(join(folder, 'sandboxes', 'trash', `${two}.sqlite`), '');
    expect(sandboxesIn(folder)).toEqual([one, two]);
  });
});
