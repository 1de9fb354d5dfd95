import { areTestProgramsFresh } from '#scripts/lib/test-programs.ts';

/** Says in `FRAMES_TEST_BUNDLES` whether processes and workers can start from bundles; stale ones would test old code. */
export default async function findBundles(): Promise<void> {
  process.env['FRAMES_TEST_BUNDLES'] ??= (await areTestProgramsFresh()) ? '1' : '';
}
