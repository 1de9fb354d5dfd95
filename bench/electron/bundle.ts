import { build } from 'vite';
import type { Rolldown } from 'vite';
import { root } from '#scripts/lib/paths.ts';

/** A page's script as one text. */
export async function bundlePage(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'page', fileName: () => 'page.js' } },
  });
  const [first] = [built].flat() as Rolldown.RolldownOutput[];
  const chunk = first?.output[0];
  if (!chunk) throw new Error(`nothing was built of ${entry}`);
  return chunk.code;
}
