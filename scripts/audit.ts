import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from './lib/capture.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { seriousFindings } from './lib/audit.ts';
import type { AuditReport, Lock } from './lib/audit.ts';
import { root, toolEnv } from './lib/paths.ts';

/** Prints the serious weaknesses that npm knows of in what is shipped. Returns the exit code. */
async function audit(): Promise<number> {
  // Its exit code says only that there are findings of any kind.
  const { stdout } = await capture('npm', ['audit', '--json'], { env: toolEnv() });
  const report = JSON.parse(stdout) as AuditReport & { message?: string };
  if (report.vulnerabilities === undefined) throw new Error(`npm audit failed: ${report.message ?? stdout}`);
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const { shipped, tools } = seriousFindings(report, lock);
  for (const line of tools) console.log(`not shipped: ${line}`);
  for (const line of shipped) console.error(line);
  return shipped.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await audit();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
