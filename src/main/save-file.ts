import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { replaceFile } from '#files/replace-file.ts';
import type { FileContent } from '#shared/shell/files.ts';
import { isInWorkspace, isWorkspaceFile } from '#shared/domain/workspace-files.ts';
import { folderReader } from './workspace-folder.ts';

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
  if (await isProtectedPath(workspace, path)) throw new Error(`${basename(path)} belongs to a workspace.`);
  await replaceFile(path, await dataOf(content, { assets, view }));
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

async function isProtectedPath(workspace: string, path: string): Promise<boolean> {
  const folder = await realpath(workspace).catch(() => workspace);
  const target = await realpath(path).catch(() => path);
  const parent = await realpath(dirname(target)).catch(() => dirname(target));
  const realPath = join(parent, basename(target));
  return isWorkspaceFile(relative(folder, realPath).split(sep)) || isInWorkspace(realPath, sep, folderReader);
}
