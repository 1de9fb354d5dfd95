import { RepositoryError } from '../repository-error.ts';
import type { InertGit } from './inert-git.ts';

const maxContentBytes = 1_000_000_000;
const lineFeed = 0x0a;

/** Calls `onContent` with each content in the order of the ids; null for one that is missing. Throws RepositoryError. */
export async function readContents(
  git: InertGit,
  ids: readonly string[],
  onContent: (id: string, content: Buffer | null) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let answers = 0;
  const onData = (chunk: Buffer): void => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf(lineFeed);
      if (end === -1) return;
      // "8f9… blob 1234" or "8f9… missing"
      const [id = '', , size = '0'] = rest.toString('latin1', 0, end).split(' ');
      const isMissing = rest.toString('latin1', 0, end).endsWith(' missing');
      const start = end + 1;
      const next = isMissing ? start : start + Number(size) + 1;
      if (rest.length < next) return;
      onContent(id, isMissing ? null : rest.subarray(start, next - 1));
      answers += 1;
      rest = rest.subarray(next);
    }
  };
  const input = ids.map((id) => `${id}\n`).join('');
  await git.run(['cat-file', '--batch', '--buffer'], { input, onData, maxBytes: maxContentBytes });
  if (answers !== ids.length)
    throw new RepositoryError('incomplete', `${answers} of ${ids.length} contents could be read.`);
}
