import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '#scripts/lib/paths.ts';
import { bundleOf } from '#scripts/lib/test-programs.ts';

/** The file to start a program of the tests from: its bundle if that is up to date, else its source. */
export function programFile(source: URL): string {
  const path = fileURLToPath(source);
  const bundle = process.env['FRAMES_TEST_BUNDLES'] === '1' ? bundleOf(relative(root, path)) : undefined;
  return bundle ?? path;
}
