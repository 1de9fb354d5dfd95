import { bundle } from './lib/bundle.ts';
import { reasonOf } from './lib/electron-kinds.ts';

/** Bundles `frames` and the health check of the server's image into `out/server`; packages stay outside. */
export async function buildServer(): Promise<void> {
  await bundle({ entry: 'src/server/entry.ts', product: 'out/server/server.js', withoutPackages: true });
  await bundle({ entry: 'src/cli/server-main.ts', product: 'out/server/frames.js', withoutPackages: true });
  await bundle({ entry: 'src/server/healthcheck.ts', product: 'out/server/healthcheck.js' });
}

if (import.meta.main) {
  try {
    await buildServer();
  } catch (error) {
    console.error(reasonOf(error));
    process.exitCode = 1;
  }
}
