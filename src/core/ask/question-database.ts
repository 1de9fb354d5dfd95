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

/** The question database of the current commit, built if missing. A workspace has only one; that of another commit is removed. */
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

/** Removes all question databases of a workspace except one. A file that is in use stays until next time. */
export function removeQuestionDatabases({ folder }: WorkspaceFiles, except?: string): void {
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(name) || file === except) continue;
    try {
      rmSync(join(folder, file));
    } catch {
      // Logged above.
    }
  }
}
