import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import { answerSql } from '#core/ask/answer-sql.ts';
import { taskProgramVariable } from '#shared/shell/task-program.ts';
import { areTestProgramsFresh } from '#scripts/lib/test-programs.ts';
import { root } from '#scripts/lib/paths.ts';
import { hostileStatements } from './hostile-statements.ts';
import { mostBytes, mostMs, runHostile } from './run-hostile.ts';

/** `npm run test:ask-hostile`: every hostile statement on the sample, with its time and memory; exits with 1 if one did harm. */
async function main(): Promise<number> {
  if (await areTestProgramsFresh())
    process.env[taskProgramVariable] ??= JSON.stringify([process.execPath, join(root, 'out/process.js')]);
  const [folder, temporary] = [
    mkdtempSync(join(tmpdir(), 'frames-hostile-')),
    mkdtempSync(join(tmpdir(), 'frames-hostile-')),
  ];
  const core = await openCore({
    workspace: folder,
    ...systemServices(),
    log: silentLog,
    create: { owner: 'Ada' },
    holder: { kind: 'test', label: 'hostile statements' },
  });
  let failed = 0;
  const counts = new Map<string, number>();
  const worst = { ms: 0, memory: 0, disk: 0 };
  try {
    await fillSample(core.services, core.session());
    await answerSql(core.services, 'SELECT 1');
    process.env['TMPDIR'] = temporary;
    for (const statement of hostileStatements) {
      const { end, ms, peak, problems } = await runHostile(core.services, temporary, statement);
      counts.set(end, (counts.get(end) ?? 0) + 1);
      worst.ms = Math.max(worst.ms, ms);
      worst.memory = Math.max(worst.memory, peak?.memory ?? 0);
      worst.disk = Math.max(worst.disk, peak?.disk ?? 0);
      if (problems.length > 0) failed += 1;
      const figures = `${Math.round(ms)} ms, ${mega(peak?.memory ?? 0)} MB, disk ${mega(peak?.disk ?? 0)} MB`;
      console.log(
        `${problems.length > 0 ? 'FAIL' : 'ok'}  ${end} (${figures})  ${JSON.stringify(statement.sql.slice(0, 90))}`,
      );
      for (const problem of problems) console.log(`      ${problem}`);
    }
  } finally {
    await core.close();
    for (const made of [folder, temporary]) rmSync(made, { recursive: true });
  }
  const ends = [...counts].map(([end, count]) => `${count} ${end}`).join(', ');
  console.log(`${hostileStatements.length} statements: ${ends}. ${failed} did harm.`);
  console.log(
    `Slowest ${Math.round(worst.ms)} of ${mostMs} ms; most memory ${mega(worst.memory)} of ${mega(mostBytes)} MB; most disk ${mega(worst.disk)} MB.`,
  );
  return failed === 0 ? 0 : 1;
}

const mega = (bytes: number): number => Math.round(bytes / 2 ** 20);

process.exitCode = await main();
