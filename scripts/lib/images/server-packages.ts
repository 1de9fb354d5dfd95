/** Packages that the bundles of `scripts/build-server.ts` load from node_modules; a test compares the list with the bundles. */
export const serverPackages: readonly string[] = [
  '@fastify/helmet',
  '@fastify/under-pressure',
  '@noble/ciphers',
  '@node-rs/argon2',
  '@orpc/client',
  '@orpc/contract',
  '@orpc/openapi',
  '@orpc/server',
  '@orpc/zod',
  '@socket.io/postgres-adapter',
  'age-encryption',
  'fastify',
  'jose',
  'kysely',
  'openid-client',
  'pg',
  'prom-client',
  'rate-limiter-flexible',
  'socket.io',
  'swagger-ui-dist',
  'write-file-atomic',
  'zod',
];

/** Packages that build the bundles. */
export const bundlerPackages: readonly string[] = ['vite'];

export interface LockedPackage {
  version?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  [other: string]: unknown;
}

export interface Lock {
  version: string;
  packages: Record<string, LockedPackage>;
}

const statement = /^(?:import|export)\b[^;'"]*?(?:from\s*)?["']([^"']+)["']/gm;
const call = /\b(?:import|require|require\.resolve)\(\s*["']([^"']+)["']\s*\)/g;

/** The names of the packages that a bundle imports or resolves, sorted. */
export function importedPackages(bundle: string): string[] {
  const specifiers = [statement, call].flatMap((pattern) =>
    [...bundle.matchAll(pattern)].map(([, specifier = '']) => specifier),
  );
  const names = specifiers
    .filter((specifier) => !/^(node:|[./#])/.test(specifier))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(names)].toSorted();
}

/**
 * The part of a lock file that `names`, which are direct dependencies of the project, need: a manifest and a lock file for `npm ci`,
 * with every package in the version, at the place and with the hash that the project has it. Throws if a package is not locked.
 */
export function lockedPart(lock: Lock, names: readonly string[]): { manifest: object; lock: object } {
  const root = lock.packages[''];
  const direct = { ...root?.devDependencies, ...root?.dependencies };
  const dependencies = Object.fromEntries(
    names.map((name) => {
      const version = direct[name];
      if (version === undefined) throw new Error(`${name} is not a dependency of the project.`);
      return [name, version];
    }),
  );
  const kept = new Set<string>();
  const keep = (from: string, name: string, isOptional: boolean): void => {
    const place = placeOf(lock, from, name);
    if (place === null) {
      if (isOptional) return;
      throw new Error(`${name}, which ${from || 'the project'} needs, is not in the lock file.`);
    }
    if (kept.has(place)) return;
    kept.add(place);
    const entry = lock.packages[place] ?? {};
    for (const needed of Object.keys(entry.dependencies ?? {})) keep(place, needed, false);
    for (const needed of Object.keys(entry.optionalDependencies ?? {})) keep(place, needed, true);
    for (const needed of Object.keys(entry.peerDependencies ?? {}))
      if (entry.peerDependenciesMeta?.[needed]?.optional !== true) keep(place, needed, false);
  };
  for (const name of names) keep('', name, false);
  const manifest = {
    name: 'frames-server',
    version: lock.version,
    private: true,
    type: 'module',
    dependencies,
  };
  const packages = Object.fromEntries(
    [...kept].toSorted().map((place) => {
      // Every package of this part is needed at run time, whatever it was to the project.
      const { dev: _dev, devOptional: _devOptional, ...entry } = lock.packages[place] ?? {};
      return [place, entry];
    }),
  );
  return {
    manifest,
    lock: { ...manifest, lockfileVersion: 3, requires: true, packages: { '': manifest, ...packages } },
  };
}

/** Where Node finds a package that another one imports: in that package's folder, or in one above it. */
function placeOf(lock: Lock, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock.packages[place]) return place;
    if (folder === '') return null;
  }
}
