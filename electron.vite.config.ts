import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** The shell and the data process are built together; packages with native code stay outside. */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      rolldownOptions: { input: { index: at('src/main/index.ts'), data: at('src/data/index.ts') } },
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
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      cssMinify: true,
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
