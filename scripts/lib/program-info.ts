import type { Plugin } from 'vite';
import { git } from './git.ts';
import { collectLicences } from './licences.ts';

const modules = { licences: 'virtual:licences', build: 'virtual:build' } as const;

/** The commit that is built, or '' outside of a clone. */
function commit(root: string): string {
  try {
    return git(['rev-parse', '--short', 'HEAD'], root);
  } catch {
    return '';
  }
}

/** Lets the window import what is only known when it is built: `virtual:licences` and `virtual:build`. `root` is the clone's folder. */
export function programInfo(root: string): Plugin {
  return {
    name: 'frames-program-info',
    resolveId: (id) => (Object.values<string>(modules).includes(id) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${modules.licences}`) return `export default ${JSON.stringify(collectLicences(root))};`;
      if (id !== `\0${modules.build}`) return null;
      return `export default ${JSON.stringify({ commit: commit(root), date: new Date().toISOString().slice(0, 10) })};`;
    },
  };
}
