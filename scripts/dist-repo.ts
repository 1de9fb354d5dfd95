import { reasonOf } from './lib/electron-kinds.ts';
import { distFolder } from './lib/packaging/dist-folder.ts';
import { writeRepository } from './lib/packaging/repository.ts';
import { withRepositoryKey } from './lib/packaging/repository-key.ts';
import { ensurePackages } from './system.ts';

/** Makes `dist/` a signed apt and dnf repository of its deb and rpm packages. Run it again to renew the signature. Returns the exit code. */
async function makeRepository(): Promise<number> {
  const folder = distFolder();
  if (!(await ensurePackages(['gnupg', 'createrepo-c'])))
    console.error('This is no Debian: gpg, dpkg-deb and createrepo_c must be installed.');
  const listed = await withRepositoryKey(async (key) => {
    if (key === null)
      throw new Error('FRAMES_REPOSITORY_KEY is missing: apt and dnf refuse an unsigned repository.');
    return writeRepository(folder, key, Date.now());
  });
  if (listed.length === 0)
    throw new Error('dist/ has no deb or rpm of a stable version. Run this first: npm run dist');
  console.log(`The repository lists ${listed.join(', ')}.`);
  return 0;
}

try {
  process.exitCode = await makeRepository();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
