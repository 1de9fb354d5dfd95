import { readTextSync } from '#files/open-file.ts';
import { documentFormats, formatOfMediaType, mediaTypeLabel } from '#shared/domain/document-formats.ts';
import type { TextKind } from '#shared/domain/document-formats.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { fileRefusal } from '../kernel/files/refusal.ts';
import { ProcessFailure, runInProcess } from '../kernel/processes/run-in-process.ts';
import { BadContent, ContentPart, isContentProblem, textPath } from '../kernel/files/contents.ts';
import { extractText, textVersion } from './text/extract-text.ts';
import type { DocumentText, TextProblem } from './text/extract-text.ts';

/** Limits for extracting the text of a document; `maxBytes` is memory. */
const limits = { timeoutMs: 60_000, maxBytes: 700 * 1024 * 1024 };

const problemOf: Readonly<Partial<Record<ProcessFailure['fault'], TextProblem>>> = {
  timeout: 'too_slow',
  memory: 'too_much_memory',
  crashed: 'damaged',
};

/** The cached text of a content; null if not extracted yet. */
export function cachedText(files: Pick<WorkspaceFiles, 'documents'>, sha256: string): DocumentText | null {
  try {
    const text = JSON.parse(readTextSync(textPath(files, sha256))) as DocumentText;
    return text.version === textVersion ? text : null;
  } catch {
    return null;
  }
}

/**
 * Extracts the text of a stored file and caches it. If the file takes too long or is damaged, text is missing; `problem` says why. Throws
 * CANCELLED, BadContent, and with `isStrict` BAD_FILE (macros, swells, not_as_named) for a file that must not be stored; without
 * `isStrict` such a file counts as damaged.
 */
export async function extractStored(
  files: Pick<WorkspaceFiles, 'documents'>,
  file: StoredFile,
  { signal, isStrict }: { signal: AbortSignal; isStrict: boolean },
): Promise<DocumentText> {
  const cached = cachedText(files, file.sha256);
  if (cached) return cached;
  const format = formatOfMediaType(file.media_type);
  const kind = format === null ? null : documentFormats[format].text;
  const text: DocumentText = {
    version: textVersion,
    ...(kind === null ? emptyText('no_text') : await readText(files, file, kind, { signal, isStrict })),
  };
  await using part = await ContentPart.create(files);
  await part.write(Buffer.from(JSON.stringify(text)));
  await part.moveToText(file.sha256);
  return text;
}

const emptyText = (problem: TextProblem): Omit<DocumentText, 'version'> => ({
  pages: [],
  page_count: null,
  is_cut: problem !== 'no_text',
  problem,
});

async function readText(
  files: Pick<WorkspaceFiles, 'documents'>,
  { sha256, name, media_type }: StoredFile,
  kind: TextKind,
  { signal, isStrict }: { signal: AbortSignal; isStrict: boolean },
): Promise<Omit<DocumentText, 'version'>> {
  try {
    return await runInProcess(
      extractText,
      { documents: files.documents, sha256, kind },
      { ...limits, signal },
    );
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    if (isContentProblem(error.code)) throw new BadContent(sha256, error.code);
    if (isStrict && error.code === 'MACROS') throw fileRefusal('macros', { file: name });
    if (isStrict && error.code === 'SWELLS') throw fileRefusal('swells', { file: name });
    if (isStrict && error.code === 'WRONG_FORMAT')
      throw fileRefusal('not_as_named', { file: name, named: mediaTypeLabel(media_type) });
    return emptyText(problemOf[error.fault] ?? 'damaged');
  }
}
