import { expect, test } from 'vitest';
import { updateRecordedHead } from '#core/log/audit/head.ts';
import { corruptionOf } from '#core/care/corruption-of-findings.ts';
import { checkHealth } from '#core/care/health.ts';
import { isCorruptionRecorded, checkAndRecord } from '#core/kernel/db/corruption-guard.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Clock } from '#core/kernel/system.ts';
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
  const look = checkHealth({ files, clock, log: silentLog, full: false });
  let written = 0;
  const told: string[] = [];
  for await (const step of checkAndRecord(look, corruptionOf, { files, log: silentLog })) {
    if (step.kind === 'progress' && step.step === 'chain') {
      written += 1;
      await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: written } });
      // As the checkpointer does once nobody writes.
      updateRecordedHead(files.head, core.services.read);
    }
    if (step.kind === 'result') told.push(...step.result.findings.map(({ code }) => code));
  }
  expect(written).toBeGreaterThan(0);
  expect(told).toContain('head.kept');
  // By what was looked at, nothing was written since.
  expect(told).toContain('backup.current');
  expect(isCorruptionRecorded(files)).toBe(false);
});
