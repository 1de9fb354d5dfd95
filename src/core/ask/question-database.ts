import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInWorkerOrHere } from '../kernel/workers/worker-pool.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { readHead } from '../log/audit/head.ts';
import type { Services } from '../model/services.ts';
import { buildQuestionDatabase, questionFile } from './build-database.ts';
import { questionForm } from './question-schema.ts';

const name = 'questions.sqlite';

const startOf = ({ folder }: WorkspaceFiles): string => join(folder, `${name}.${questionForm}-`);

/**
 * The file of the question database for what is committed now: it is built if it is missing. A file of another state of the log is removed, also
 * one of a sandbox, because a workspace has one at a time.
 */
export async function questionDatabase(
  { files, read, log }: Pick<Services, 'files' | 'read' | 'log'>,
  signal?: AbortSignal,
): Promise<string> {
  const to = startOf(files);
  const known = questionFile(to, readHead(read).hash);
  if (existsSync(known)) return known;
  const onProgress = (): void => signal?.throwIfAborted();
  const file = await runInWorkerOrHere(
    buildQuestionDatabase,
    { from: files.data, to },
    { signal, onProgress, log },
  );
  removeQuestionDatabases(files, basename(file));
  return file;
}

/** Removes the question databases of a workspace, except for one. What is in use, on a system that keeps such files, is removed the next time. */
export function removeQuestionDatabases({ folder }: WorkspaceFiles, except?: string): void {
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(name) || file === except) continue;
    try {
      rmSync(join(folder, file));
    } catch {
      // Told above.
    }
  }
}
