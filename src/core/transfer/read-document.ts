import type { Progress } from '#shared/contract/progress.ts';
import { streamed } from '../progress.ts';
import type { Services } from '../services.ts';
import { refuseOwnFile } from './own-files.ts';
import { parseJson } from './parse.ts';
import type { ParsedDocument } from './parse.ts';
import { readTextFile } from './read-file.ts';
import type { FileText } from './read-file.ts';

export type SourceFile = Omit<FileText, 'text'>;

export interface ReadDocument {
  file: SourceFile;
  parsed: ParsedDocument;
}

/** Reads and parses a file, saying how far it is. Throws BAD_FILE for whatever is wrong with the file as a whole; CANCELLED. */
export async function* readDocument(
  path: string,
  services: Services,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, ReadDocument, void> {
  yield { kind: 'progress', step: 'reading', done: 0, total: null };
  await refuseOwnFile(path, services.files);
  const { text, ...file } = await readTextFile(path, { signal });
  const { clock } = services.source;
  const parsed = yield* streamed(parseJson(text), { step: 'reading', total: text.length, clock, signal });
  return { file, parsed };
}
