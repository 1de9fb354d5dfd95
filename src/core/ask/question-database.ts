import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runWithFallback } from '../kernel/workers/worker-pool.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { readHead } from '../log/audit/head.ts';
import type { Services } from '../model/services.ts';
import { buildQuestionDatabase, questionFilePath } from './build-database.ts';
import { questionFormat } from './question-schema.ts';

const fileName = 'questions.sqlite';

const pathStartOf = ({ folder }: WorkspaceFiles): string => join(folder, `${fileName}.${questionFormat}-`);

/** The question database of the current commit, built if missing. A workspace has only one; databases of other commits are removed. */
export async function questionDatabase(
  { files, read, log }: Pick<Services, 'files' | 'read' | 'log'>,
  signal?: AbortSignal,
): Promise<string> {
  const pathStart = pathStartOf(files);
  const currentFile = questionFilePath(pathStart, readHead(read).hash);
  if (existsSync(currentFile)) return currentFile;
  const onProgress = (): void => signal?.throwIfAborted();
  const file = await runWithFallback(
    buildQuestionDatabase,
    { sourceFile: files.data, pathStart },
    { signal, onProgress, log },
  );
  removeQuestionDatabases(files, basename(file));
  return file;
}

/** Removes all question databases of a workspace except one. A file that is in use stays until next time. */
export function removeQuestionDatabases({ folder }: WorkspaceFiles, currentFile?: string): void {
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(fileName) || file === currentFile) continue;
    try {
      rmSync(join(folder, file));
    } catch {
      // The file is in use; a later call removes it.
    }
  }
}
