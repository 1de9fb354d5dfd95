import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '#core/kernel/logger.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import { createIds, systemRandom } from '#core/kernel/system.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const publish = async (workspace: TestWorkspace) => resultOf(await workspace.as().golden.publish({}));

/** As `kill -9` leaves it between what the audit says and the name. */
function unname({ files }: TestWorkspace, { version, op_id }: { version: number; op_id: string }): void {
  renameSync(join(files.golden, `${version}.frames`), join(files.golden, `.ready-${version}-${op_id}`));
}

const restore = async ({ files, clock }: TestWorkspace, id: string) =>
  restoreInPlace({
    files,
    id,
    clock,
    ids: createIds(clock, systemRandom),
    random: systemRandom,
    log: silentLog,
    holder: { kind: 'test', label: 'a test' },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });

const listed = async (workspace: TestWorkspace) =>
  (await workspace.as().golden.list({})).map(({ version, sha256, problem }) => ({
    version,
    sha256,
    problem,
  }));

test.each(['whole', 'lost'])(
  'a version whose publishing was broken off outlasts restoring in the place of a file that is %s',
  async (live) => {
    const workspace = await testWorkspace({});
    const { id } = await resultOf(await workspace.as().backups.create({}));
    const published = await publish(workspace);
    await workspace.core.close();
    unname(workspace, published);
    if (live === 'lost') writeFileSync(workspace.files.live, 'no records');
    await restore(workspace, id);
    await workspace.reopen();
    await publish(workspace);
    const { version, sha256 } = published;
    expect(await listed(workspace)).toContainEqual({ version, sha256, problem: null });
  },
);

test('one interrupted during publishing whose number is taken gets the next', async () => {
  const workspace = await testWorkspace({});
  const published = await publish(workspace);
  unname(workspace, published);
  const away = join(workspace.folder, 'away');
  renameSync(join(workspace.files.golden, `.ready-1-${published.op_id}`), away);
  const other = await publish(workspace);
  renameSync(away, join(workspace.files.golden, `.ready-1-${published.op_id}`));
  const last = await publish(workspace);
  expect(await listed(workspace)).toEqual([
    { version: 3, sha256: last.sha256, problem: null },
    { version: 2, sha256: published.sha256, problem: null },
    { version: 1, sha256: other.sha256, problem: null },
  ]);
});
