import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { programInfo } from './scripts/lib/program-info.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

/**
 * The shell and the data process are built together. Packages go into their files, because reading hundreds of small modules
 * makes a start four times as slow; only what has native code stays outside.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      externalizeDeps: false,
      rolldownOptions: {
        external: ['better-sqlite3'],
        input: { index: at('src/main/index.ts'), data: at('src/data/index.ts') },
      },
    },
  },
  // A sandboxed preload can require nothing but electron: everything else goes into the file.
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    plugins: [react(), programInfo(import.meta.dirname)],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      cssMinify: true,
      // A small font would be put into the style as data:, which the content security policy refuses.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: { index: at('src/renderer/index.html') },
        // Dozens of small files cost more than they save: each is asked of the shell in the midst of a start. What boot.ts
        // needs stays small; what several views share is one file.
        output: {
          codeSplitting: {
            groups: [
              { name: 'first', priority: 2, test: /src\/renderer\/api\/(bridge|marks|ports)|preload-helper/ },
              { name: 'shared', priority: 1, minShareCount: 2 },
            ],
          },
        },
      },
    },
  },
});
