import { reportTaskProgress } from '../kernel/processes/task-progress.ts';
import { accountKeyOf } from './account-keys.ts';
import { buildMap, selectFiles } from './build-map.ts';
import { cloneRepository } from './git/clone.ts';
import { findGit } from './git/find-git.ts';
import { InertGit } from './git/inert-git.ts';
import { locateRepository } from './git/locate.ts';
import { readTree } from './git/read-tree.ts';
import { Identities } from './identities.ts';
import { readHistory } from './read-history.ts';
import type { ScanAnswer, ScanRequest } from './scan-task.ts';
import { RepositoryError } from './repository-error.ts';
import { readTreeContents } from './tree-contents.ts';

/** Implements `scanTask`; all files that it writes are in `scratch`. Throws RepositoryError. */
export async function readRepository(request: ScanRequest, scratch: string): Promise<ScanAnswer> {
  const { source, branch: chosen, prefix, excludes, shared, joins, secret, now } = request;
  // The steps share one scale: a bar never goes back.
  const report = (step: string, from: number, to: number) => (done: number, total: number) =>
    reportTaskProgress(scratch, { step, done: Math.round(from + ((to - from) * done) / total), total: 100 });
  const program = findGit();
  if ('url' in source) reportTaskProgress(scratch, { step: 'cloning', done: 0, total: null });
  const folder =
    'folder' in source
      ? source.folder
      : await cloneRepository(program, { ...source, branch: chosen }, scratch);
  const { objects, head, branch } = await locateRepository(folder, chosen);
  const git = new InertGit(program, scratch, objects);
  const tree = await readTree(git, head);
  if (prefix !== '' && !tree.files.some(({ path }) => path.startsWith(`${prefix}/`)))
    throw new RepositoryError('no_folder', prefix);
  const selected = selectFiles(tree, prefix, excludes);
  const identities = new Identities(secret, new Set(shared.map((text) => accountKeyOf(secret, text))));
  const onProgress = report('history', 0, 70);
  const reading = await readHistory(git, head, { identities, tree, now: Date.parse(now), onProgress });
  for (const keys of joins) identities.join(keys);
  const options = { secret, prefix, onProgress: report('contents', 70, 100) };
  const contents = await readTreeContents(git, tree, selected.code, options);
  return buildMap({ head, branch, prefix, now, tree, selected, reading, identities, contents });
}
