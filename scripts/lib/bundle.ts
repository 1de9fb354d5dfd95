import { mkdir, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { root } from './paths.ts';

/** Packages with native code are loaded from node_modules. */
const native = ['better-sqlite3'];

export interface Bundle {
  /** What is bundled, and where the one file that it becomes lies, from the root of the project. */
  entry: string;
  product: string;
  /** Packages stay outside, to be loaded from node_modules. */
  withoutPackages?: boolean;
  /** What is done to the file before it gets its name. */
  finish?: (built: string) => Promise<unknown>;
}

/** Bundles a program for Node into one file, which starts several times as fast as the sources do. Throws when it cannot. */
export async function bundle({ entry, product, withoutPackages, finish }: Bundle): Promise<void> {
  const started = new Date();
  const workshop = join(root, `out/.${process.pid}-building`);
  await buildForNode({ built: join(root, entry) }, workshop, {
    external: withoutPackages ? 'packages' : native,
    codeSplitting: false,
  });
  const built = join(workshop, 'built.js');
  await finish?.(built);
  // A source saved while this ran is newer than what was read of it.
  await utimes(built, started, started);
  // Whoever runs it meanwhile has the old bundle or the new one, never half of one.
  await mkdir(dirname(join(root, product)), { recursive: true });
  await rename(built, join(root, product));
  await rm(workshop, { recursive: true });
}

/** Bundles programs, by name, into a folder; what they share is there once. Throws if it cannot. */
export async function bundleTogether(
  entries: Record<string, string>,
  folder: string,
  external: string[],
): Promise<void> {
  const input = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, join(root, entry)]));
  const options = { external: [...native, ...external], codeSplitting: true };
  await buildForNode(input, join(root, folder), options);
}

async function buildForNode(
  input: Record<string, string>,
  outDir: string,
  { external, codeSplitting }: { external: 'packages' | string[]; codeSplitting: boolean },
): Promise<void> {
  const inside = external === 'packages' ? {} : { noExternal: true as const, external };
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    // CommonJS packages ask for these; an ES module has them under another name.
    define: { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' },
    plugins: [serverBeside],
    ssr: { ...inside, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: {
        input,
        ...(external === 'packages' ? {} : { external }),
        output: {
          format: 'esm',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting,
        },
      },
    },
  });
}

/** The server is a bundle of its own, beside the command line that starts it. */
const serverBeside = {
  name: 'server-beside',
  enforce: 'pre' as const,
  resolveId: (source: string) =>
    source === '#server/entry.ts' ? { id: './server.js', external: true } : undefined,
};

/** Bundles what runs in threads and in processes of its own, for the application and the command line alike. */
export async function buildTaskPrograms(): Promise<void> {
  await bundle({ entry: 'src/core/worker.ts', product: 'out/worker.js' });
  await bundle({ entry: 'src/core/process.ts', product: 'out/process.js' });
}
