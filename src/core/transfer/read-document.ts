import type { Progress } from '#shared/contract/progress.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { streamed } from '../kernel/progress.ts';
import type { Clock } from '../kernel/system.ts';
import { refuseOwnFile } from './own-files.ts';
import { parseJson } from './parse.ts';
import type { ParsedDocument } from './parse.ts';
import { readTextFile } from './read-file.ts';
import type { FileText } from './read-file.ts';

export type SourceFile = Omit<FileText, 'text'>;

export interface ReadDocument {
  file: SourceFile;
  /** Hands the document over, once: it is as large as a file may be, and should be free again when it has been planned. */
  take: () => ParsedDocument;
}

export interface ReadRequest {
  path: string;
  clock: Clock;
  /** The files of the workspace that is open, none of which may be read. */
  own?: WorkspaceFiles;
  signal?: AbortSignal | undefined;
}

/** Reads and parses a file, saying how far it is. Throws BAD_FILE for whatever is wrong with the file as a whole; CANCELLED. */
export async function* readDocument(request: ReadRequest): AsyncGenerator<Progress, ReadDocument, void> {
  const { path, clock, own, signal } = request;
  yield { kind: 'progress', step: 'reading', done: 0, total: null };
  if (own) await refuseOwnFile(path, own);
  const { text, ...file } = await readTextFile(path, { signal });
  const parsed = yield* streamed(parseJson(text), { step: 'reading', total: text.length, clock, signal });
  return { file, take: once(parsed) };
}

function once<T>(value: T): () => T {
  const held = [value];
  return () => {
    const taken = held.pop();
    if (taken === undefined) throw new Error('the document has been taken already');
    return taken;
  };
}
