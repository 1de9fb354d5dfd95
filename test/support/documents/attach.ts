import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentPath } from '#core/kernel/files/contents.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

/** Attaches a file with that name and content. */
export async function attach(
  workspace: TestWorkspace,
  name: string,
  bytes: Buffer | string,
  more: { record_ids?: string[]; document?: string; name?: string; as?: string } = {},
) {
  const { as, ...input } = more;
  const path = join(workspace.folder, '..', name);
  writeFileSync(path, bytes);
  const grant = workspace.core.grants.issue(path, 'read');
  return resultOf(workspace.as(as).documents.attach({ grant, ...input }));
}

/** The stored file of a document. */
export function storedPath({ files }: TestWorkspace, record: { payload: object }): string {
  const { file } = record.payload as { file: { sha256: string } };
  return contentPath(files, file.sha256);
}

/** Names of all files in the folder of the documents. */
export const filesIn = ({ files }: Pick<TestWorkspace, 'files'>): string[] =>
  existsSync(files.documents)
    ? readdirSync(files.documents, { recursive: true, encoding: 'utf8' }).filter((name) => name.length > 2)
    : [];
