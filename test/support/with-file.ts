import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecordedHead } from '#core/log/audit/head.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemRandom } from '#core/kernel/system.ts';
import { testFolder } from './folder.ts';
import { TestClock } from './seeded.ts';
import type { Template } from './workspace.ts';

/** A copy of a workspace in the place of whose file another was put while nobody had it open, and what doing something with it takes. */
export function withFile(made: Template, file: Buffer) {
  const folder = join(testFolder(), 'w');
  cpSync(made.folder, folder, { recursive: true });
  writeFileSync(join(folder, 'frames.sqlite'), file);
  const files = workspaceFiles(folder);
  const clock = new TestClock();
  const ids = createIds(clock, systemRandom);
  const holder = { kind: 'test', label: 'a test' } as const;
  const signal: AbortSignal = new AbortController().signal;
  const how = {
    files,
    clock,
    ids,
    random: systemRandom,
    log: silentLog,
    holder,
    onProgress: () => {},
    signal,
  };
  return { folder, files, how, until: readRecordedHead(files.head)?.created_at };
}
