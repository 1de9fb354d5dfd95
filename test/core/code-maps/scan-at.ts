import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRepository } from '#core/code-maps/read-repository.ts';
import type { ScanAnswer, ScanRequest } from '#core/code-maps/scan-task.ts';

export const scanSecret = 'test secret';

export const scanRequest = (folder: string, request: Partial<ScanRequest> = {}): ScanRequest => ({
  source: { folder },
  branch: null,
  prefix: '',
  excludes: [],
  shared: [],
  joins: [],
  secret: scanSecret,
  now: new Date().toISOString(),
  ...request,
});

/** Reads a repository as the process of a scan does. The scratch folder is beside the repository or in the system's. */
export const scanAt = (
  folder: string,
  request: Partial<ScanRequest> = {},
  scratch = mkdtempSync(join(tmpdir(), 'frames-scan-')),
): Promise<ScanAnswer> => readRepository(scanRequest(folder, request), scratch);

/** The names of the authors of a file, best first. */
export function authorsOf({ map, names }: ScanAnswer, path: string): string[] {
  const file = map.files.find((each) => each.path === path);
  return (file?.authors ?? []).map((author) => names[map.authors[author]?.key ?? ''] ?? '');
}
