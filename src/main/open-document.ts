import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { app, shell } from 'electron';
import { documentFormats, formatOfMediaType } from '#shared/domain/document-formats.ts';
import type { SaveHandle } from '#shared/shell/files.ts';
import type { ShellGrants } from './grants.ts';

/** Folder of the copies that other programs have open. Removed when the program quits. */
const copiesFolder = join(app.getPath('temp'), `frames-documents-${process.pid}`);
app.once('quit', () => rmSync(copiesFolder, { recursive: true, force: true }));

/** Copies that were granted and not opened yet, by grant. */
const copies = new Map<string, string>();

/**
 * Grants the path of a copy, which only the data process writes: it compares the stored file with its hash. The extension, which decides on
 * the program, comes from the format.
 */
export async function grantDocumentCopy(
  grants: Pick<ShellGrants, 'toWrite'>,
  { name, mediaType }: { name: string; mediaType: string },
): Promise<SaveHandle | null> {
  const format = formatOfMediaType(mediaType);
  if (format === null) return null;
  await mkdir(copiesFolder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(copiesFolder, 'open-'));
  const path = join(folder, `${safeFileName(name)}.${documentFormats[format].endings[0]}`);
  const handle = await grants.toWrite(path);
  if (handle) copies.set(handle.grant, path);
  return handle;
}

/** Opens a copy, made read-only, in the system's program. */
export async function openDocumentCopy(grant: string): Promise<'opened' | 'refused'> {
  const path = copies.get(grant);
  if (path === undefined) return 'refused';
  copies.delete(grant);
  await chmod(path, 0o400);
  return (await shell.openPath(path)) === '' ? 'opened' : 'refused';
}

/** Removes the extension and replaces all but letters, digits, spaces, dots and hyphens. */
const safeFileName = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[^\p{L}\p{N} .-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80)
    .trim() || 'document';
