import { expect, test } from 'vitest';
import { updateRecordedHead } from '#core/log/audit/head.ts';
import { corruptionOf } from '#core/care/corruption-of-findings.ts';
import { checkHealth } from '#core/care/health.ts';
import { isCorruptionRecorded, checkAndRecord } from '#core/kernel/db/corruption-guard.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Clock } from '#core/kernel/system.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { backUp } from '#test/support/backup.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

/** More entries than are walked between two looks at the clock. */
const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const { entities } = workspace.as();
  for (let size = 0; size < 600; size += 1)
    await entities.update({ type: 'team', id: 'team-a', data: { size: size + 100 } });
});

test('concurrent writes do not look like a missing end of the history', async () => {
  const workspace = await testWorkspace({ template });
  const { files, core } = workspace;
  await backUp(workspace);
  let passed = 0;
  const clock: Clock = { now: () => Date.now(), elapsed: () => (passed += 1000) };
  let begun = 0;
  let isWrittenBeforeReplay = false;
  let written = 0;
  const write = async (): Promise<void> => {
    begun += 1;
    await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: begun } });
    // As the checkpointer does once nobody writes.
    updateRecordedHead(files.head, core.services.read);
    written += 1;
  };
  const onProgress = ({ step }: Progress): void => {
    if (step === 'chain') void write();
    if (step === 'replay') isWrittenBeforeReplay = written > 0;
  };
  const check = checkHealth({ files, clock, log: silentLog, full: true, onProgress });
  const { findings } = await checkAndRecord(check, corruptionOf, { files, log: silentLog });
  const told = findings.map(({ code }) => code);
  expect(isWrittenBeforeReplay).toBe(true);
  expect(told).toContain('head.kept');
  // By what was looked at, nothing was written since.
  expect(told).toContain('backup.current');
  expect(isCorruptionRecorded(files)).toBe(false);
});
