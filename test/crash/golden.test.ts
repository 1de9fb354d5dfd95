import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { resources } from '#test/support/golden.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, openSeeded, testWorkspace } from '#test/support/workspace.ts';

const keeper = new URL('./golden-keeper.ts', import.meta.url);
const template = await makeTemplate(preparePeople);
/** How many steps are tried: each of them in `npm run test:crash`, else so many, spread evenly. */
const most = process.env['CRASH_KILLS'] === undefined ? 4 : 1000;

async function given(): Promise<string> {
  const workspace = await testWorkspace({ template, resources });
  await workspace.core.close();
  return workspace.folder;
}

/** Lets a process work on a copy of a workspace; `step` is where it is killed. Null for the steps where it was. */
async function broken(from: string, deed: 'publish' | 'reset', step: number) {
  const folder = join(testFolder(), 'w');
  cpSync(from, folder, { recursive: true });
  const child = new Child<{ steps: number }>(keeper, [folder, deed, String(step)]);
  const ended = await child.end().then(
    () => true,
    () => false,
  );
  if (!ended && child.errors !== '') throw new Error(child.errors);
  return { folder, steps: ended ? (child.lines[0]?.steps ?? 0) : null };
}

function tried(steps: number): number[] {
  const every = Math.max(1, steps / most);
  return Array.from({ length: Math.min(steps, most) }, (_, index) => Math.ceil((index + 1) * every));
}

/** Opens it again, as the next one does: what it holds, which versions there are, and what the audit says of them. */
async function found(folder: string) {
  const core = await openSeeded({ folder, seed: 77, resources });
  try {
    const client = core.client(core.session());
    const { versions } = await client.golden.status({});
    const { ok } = await resultOf(await client.golden.verify({}));
    const { rows } = await client.history.list({ limit: 50 });
    const published = rows
      .filter(({ label }) => label === 'golden.publish')
      .map(({ params }) => params['version']);
    const reset = rows.filter(({ label }) => label === 'golden.reset').length;
    const { counts } = await client.workspace.info({});
    return { versions, ok, published, reset, teams: counts['teams'] };
  } finally {
    await core.close();
  }
}

const strays = (folder: string): string[] =>
  readdirSync(workspaceFiles(folder).golden).filter(
    (name) => name.startsWith('.') || !/^\d+\.frames$|^lock/.test(name),
  );

test(
  'killed while publishing: a version exists exactly if the audit has it',
  { timeout: 240_000 },
  async () => {
    const from = await given();
    const { steps, folder: whole } = await broken(from, 'publish', 0);
    expect(await found(whole)).toMatchObject({ versions: [2, 1], published: [2] });
    const seen = new Set<number>();
    for (const step of tried(steps ?? 0)) {
      const { folder } = await broken(from, 'publish', step);
      const { versions, ok, published } = await found(folder);
      expect(versions, `killed at ${step}`).toEqual([...published, 1]);
      expect(ok, `killed at ${step}`).toBe(true);
      expect(await verifyClosed(workspaceFiles(folder))).toMatchObject({ ok: true });
      const again = await broken(folder, 'publish', 0);
      expect((await found(again.folder)).versions).toHaveLength(versions.length + 1);
      expect(strays(again.folder)).toEqual([]);
      seen.add(versions.length);
    }
    expect(seen).toEqual(new Set([1, 2]));
  },
);

test('killed during a reset: live is unchanged, or golden', { timeout: 240_000 }, async () => {
  const from = await given();
  const { steps, folder: whole } = await broken(from, 'reset', 0);
  expect(await found(whole)).toMatchObject({ reset: 1, teams: 64 });
  const seen = new Set<number>();
  for (const step of tried(steps ?? 0)) {
    const { folder } = await broken(from, 'reset', step);
    const now = await found(folder);
    expect(now, `killed at ${step}`).toMatchObject({
      ok: true,
      versions: [1],
      teams: now.reset === 1 ? 64 : 2,
    });
    expect(await verifyClosed(workspaceFiles(folder))).toMatchObject({ ok: true });
    seen.add(now.reset);
  }
  // The last step on names comes before the commit.
  expect(seen).toContain(0);
});
