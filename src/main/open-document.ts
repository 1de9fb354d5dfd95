import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { app, shell } from 'electron';
import { copyToNewFile } from '#files/replace-file.ts';
import { documentFormats, formatOfMediaType } from '#shared/domain/document-formats.ts';

export type OpenOutcome = 'opened' | 'missing' | 'refused';

/** Folder of the copies that other programs have open. Removed when the program quits. */
const copiesFolder = join(app.getPath('temp'), `frames-documents-${process.pid}`);
app.once('quit', () => rmSync(copiesFolder, { recursive: true, force: true }));

/** Opens a read-only copy in the system's program. The extension, which decides on the program, comes from the format. */
export async function openDocument(
  workspace: string,
  { sha256, name, mediaType }: { sha256: string; name: string; mediaType: string },
): Promise<OpenOutcome> {
  const format = formatOfMediaType(mediaType);
  if (format === null) return 'refused';
  await mkdir(copiesFolder, { recursive: true, mode: 0o700 });
  const copy = join(
    await mkdtemp(join(copiesFolder, 'open-')),
    `${safeFileName(name)}.${documentFormats[format].endings[0]}`,
  );
  try {
    await copyToNewFile(join(workspace, 'documents', sha256.slice(0, 2), sha256), copy);
  } catch {
    return 'missing';
  }
  await chmod(copy, 0o400);
  return (await shell.openPath(copy)) === '' ? 'opened' : 'refused';
}

/** Removes the extension and replaces all but letters, digits, spaces, dots and hyphens. */
const safeFileName = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[^\p{L}\p{N} .-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80)
    .trim() || 'document';
