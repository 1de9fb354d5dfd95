import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { FileContent } from '#shared/shell/files.ts';
import { isOfWorkspace, isWorkspaceFile } from '#shared/domain/workspace-files.ts';
import { fileSystemLook } from './workspace-folder.ts';

interface Sources {
  /** Folder of the built window files, which contains the typeface for printed pages. */
  assets?: string;
  view?: (() => Promise<Buffer>) | undefined;
}

/** Replaces a file atomically. Rejects a path of any workspace: an export must never overwrite records. */
export async function saveFile(
  path: string,
  content: FileContent,
  workspace: string,
  { assets = '', view }: Sources = {},
): Promise<void> {
  if (await belongsTo(workspace, path)) throw new Error(`${basename(path)} belongs to a workspace.`);
  await writeFileAtomic(path, await dataOf(content, { assets, view }));
}

async function dataOf(content: FileContent, { assets = '', view }: Sources): Promise<string | Buffer> {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'view') {
    if (!view) throw new Error('There is no window to print.');
    return view();
  }
  if (content.kind === 'bytes') return Buffer.from(content.base64, 'base64');
  const { printPage } = await import('./print-page.ts');
  return printPage(content.page, assets);
}

async function belongsTo(workspace: string, path: string): Promise<boolean> {
  const folder = await realpath(workspace).catch(() => workspace);
  const target = await realpath(path).catch(() => path);
  const within = await realpath(dirname(target)).catch(() => dirname(target));
  const real = join(within, basename(target));
  return isWorkspaceFile(relative(folder, real).split(sep)) || isOfWorkspace(real, sep, fileSystemLook);
}
