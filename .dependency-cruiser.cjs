/**
 * The import rules of the layout: which zone may import which, and which packages each may lean on.
 * `test/ground/boundaries.test.ts` plants a violation of each kind and sees it found.
 */

/** Every zone and the other zones it may import. A zone missing from a list may not be imported. */
const zones = {
  'src/shared': [],
  'src/files': [],
  migrations: [],
  'src/http': ['src/shared', 'src/files'],
  'src/core': ['src/shared', 'src/files', 'src/http', 'migrations'],
  'src/server': ['src/shared', 'src/files', 'src/http', 'migrations'],
  'src/data': ['src/shared', 'src/files', 'src/http', 'src/core'],
  'src/cli': ['src/shared', 'src/files', 'src/http', 'src/core', 'src/server'],
  'src/main': ['src/shared', 'src/files', 'src/http'],
  'src/preload': ['src/shared'],
  'src/renderer': ['src/shared'],
};

const product = '^(src|migrations|bench|scripts|test)/';
const inside = (names) => `^(${names.join('|')})/`;
const packages = (names) => `(^|node_modules/)(${names.join('|')})(/|$)`;
const error = 'error';

const zoneRules = Object.entries(zones).map(([zone, allowed]) => ({
  name: `zone-${zone.replace('src/', '')}`,
  comment: `${zone} may import itself${allowed.length > 0 ? `, ${allowed.join(', ')}` : ''} and nothing else of ours.`,
  severity: error,
  from: { path: inside([zone]) },
  to: { path: product, pathNot: inside([zone, ...allowed]) },
}));

/** The floors of the window, from the ground up: each may import what stands on its own and beneath, never what is above. */
const floors = [['api'], ['i18n'], ['text', 'theme'], ['stores', 'ui'], ['commands'], ['features'], ['app']];

const inWindow = (names) => inside(names.map((name) => `src/renderer/${name}`));
const floorRules = floors.slice(0, -1).map((floor, at) => ({
  name: `floor-${floor[0]}`,
  comment: `${floor.join(' and ')} may not lean on what is above: ${floors
    .slice(at + 1)
    .flat()
    .join(', ')}.`,
  severity: error,
  from: { path: inWindow(floor) },
  to: { path: inWindow(floors.slice(at + 1).flat()) },
}));

/** The floors of core, from the ground up: capabilities are the other folders, composition the files beside the folders. */
const coreFloors = [
  ['kernel', '^src/core/kernel/'],
  ['log', '^src/core/log/'],
  ['model', '^src/core/model/'],
  ['capabilities', '^src/core/(?!kernel/|log/|model/)[^/]+/'],
  ['composition', '^src/core/[^/]+\\.ts$'],
];
const coreFloorRules = coreFloors.slice(0, -1).map(([floor, path], at) => ({
  name: `core-${floor}`,
  comment: `The floor ${floor} of core may not import what lies above it.`,
  severity: error,
  from: { path },
  to: { path: coreFloors.slice(at + 1).map(([, above]) => above) },
}));

/** The capabilities of core that are used by others, from the ground up: each may use those before it, the others all of these. */
const capabilities = [
  'events',
  'jobs',
  'plan',
  'history',
  'export',
  'versions',
  'sandboxes',
  'moments',
  'compare',
  'restore',
  'sample',
  'workspace',
  'network',
  'documents',
  'code-maps',
  'search',
  'views',
  'language-models',
  'ask',
  'people',
];
const inCore = (names) => inside(names.map((name) => `src/core/${name}`));
const capabilityRules = [
  ...capabilities.map((capability, at) => ({
    name: `capability-${capability}`,
    comment: `The capability ${capability} may use ${capabilities.slice(0, at).join(', ') || 'no other'}.`,
    severity: error,
    from: { path: inCore([capability]) },
    to: { path: coreFloors[3][1], pathNot: inCore(capabilities.slice(0, at + 1)) },
  })),
  {
    name: 'capability-on-top',
    comment: `Other capabilities are used by composition alone; they may use ${capabilities.join(', ')}.`,
    severity: error,
    from: { path: '^src/core/((?!kernel/|log/|model/)[^/]+)/', pathNot: inCore(capabilities) },
    to: { path: coreFloors[3][1], pathNot: ['^src/core/$1/', inCore(capabilities)] },
  },
];

/** The features that are used by others, from the ground up: each may use those before it, so that no two use each other both ways. */
const used = [
  'tour',
  'help',
  'views',
  'export',
  'share',
  'confirm',
  'people',
  'repairs',
  'records',
  'sync',
  'network',
  'view-words',
  'workspace',
  'transfer',
  'play',
  'insights',
  'versions',
  'updates',
];

const features = '^src/renderer/features/';
const inFeatures = (names) => inWindow(names.map((name) => `features/${name}`));
const featureRules = [
  ...used.map((feature, at) => ({
    name: `feature-${feature}`,
    comment: `The feature ${feature} may use ${used.slice(0, at).join(', ') || 'no other'}.`,
    severity: error,
    from: { path: inFeatures([feature]) },
    to: { path: features, pathNot: inFeatures(used.slice(0, at + 1)) },
  })),
  {
    name: 'feature-on-top',
    comment: `Other features are used by the frame alone; they may use ${used.join(', ')}.`,
    severity: error,
    from: { path: `${features}([^/]+)/`, pathNot: inFeatures(used) },
    to: { path: features, pathNot: [`${features}$1/`, inFeatures(used)] },
  },
];

module.exports = {
  forbidden: [
    ...zoneRules,
    ...floorRules,
    ...coreFloorRules,
    ...capabilityRules,
    ...featureRules,
    {
      name: 'electron-only-in-the-shell',
      comment: 'Only the shell and the bridge know Electron.',
      severity: error,
      from: { path: '^(src|migrations)/', pathNot: inside(['src/main', 'src/preload']) },
      to: { path: packages(['electron']) },
    },
    {
      name: 'no-node-builtins',
      comment: 'Shared code runs anywhere; migrations are data only; a window and its bridge have no Node.',
      severity: error,
      from: { path: inside(['src/shared', 'migrations', 'src/preload', 'src/renderer']) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'migrations-use-kysely-only',
      comment: 'A shipped migration must not change because something else did.',
      severity: error,
      from: { path: '^migrations/' },
      to: { pathNot: [packages(['kysely']), '^migrations/'] },
    },
    {
      name: 'shared-has-no-platform',
      comment: 'Shared code leans on no database, no user interface and no server.',
      severity: error,
      from: { path: '^src/shared/' },
      to: {
        path: packages([
          'better-sqlite3',
          'kysely',
          'pino',
          'react',
          'react-dom',
          '@mantine',
          '@orpc/server',
        ]),
      },
    },
    {
      name: 'renderer-has-no-database',
      comment: 'The window reaches data through its port only.',
      severity: error,
      from: { path: '^src/renderer/' },
      to: { path: packages(['better-sqlite3', 'kysely', 'pino', '@orpc/server', 'write-file-atomic']) },
    },
    {
      name: 'core-has-no-interface',
      comment: 'Core is plain Node: no user interface.',
      severity: error,
      from: { path: inside(['src/http', 'src/core', 'src/data', 'src/cli', 'src/server']) },
      to: { path: packages(['react', 'react-dom', '@mantine', '@tanstack', 'zustand']) },
    },
    {
      name: 'no-development-package-in-the-product',
      comment: 'What is shipped may not need a package that is not (Electron is the platform itself).',
      severity: error,
      from: { path: '^(src|migrations)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: [packages(['electron']), 'node_modules/@types/'],
      },
    },
    {
      name: 'no-circular',
      comment: 'A circle has no order in which it can be read.',
      severity: error,
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment:
        'An import that is not found is not checked either (Vite answers queries and virtual names, Electron its own).',
      severity: error,
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?', '^electron/', '^virtual:'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage|test-results)/|^\\.tsbuild/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
