import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';

interface Report {
  summary: {
    violations: { from: string; to: string; rule: { name: string } }[];
    totalCruised: number;
  };
}

/** A file of the planted tree: what it holds, and the rules it must be caught by. */
type Planted = Record<string, { code: string; caught: string[] }>;

const planted: Planted = {
  // What is allowed, in every form, must pass.
  'src/shared/rule.ts': { code: `export type Rule = string;\nexport const rule: Rule = 'r';`, caught: [] },
  'src/core/open.ts': {
    code: `import { rule } from '#shared/rule.ts';\nexport { first } from '#migrations/first.ts';\nexport const open = rule;`,
    caught: [],
  },
  'src/files/open-file.ts': { code: `import { open } from 'node:fs';\nvoid open;`, caught: [] },
  'src/files/rule.ts': {
    code: `import { rule } from '#shared/rule.ts';\nvoid rule;`,
    caught: ['zone-files'],
  },
  'migrations/first.ts': { code: `import { sql } from 'kysely';\nexport const first = sql;`, caught: [] },
  'src/data/index.ts': { code: `export { open } from '#core/open.ts';`, caught: [] },
  'src/cli/main.ts': { code: `export { open } from '#core/open.ts';`, caught: [] },
  'src/main/index.ts': { code: `import { app } from 'electron';\nvoid app;`, caught: [] },
  'src/preload/index.ts': { code: `import { ipcRenderer } from 'electron';\nvoid ipcRenderer;`, caught: [] },
  'src/renderer/main.tsx': {
    code: `import { useState } from 'react';\nimport { rule } from '#shared/rule.ts';\nvoid [useState, rule];`,
    caught: [],
  },
  'test/open.test.ts': {
    code: `import { open } from '#core/open.ts';\nimport 'electron';\nvoid open;`,
    caught: [],
  },

  // One of each form of import.
  'src/renderer/static.ts': {
    code: `import { open } from '../core/open.ts';\nvoid open;`,
    caught: ['zone-renderer'],
  },
  'src/renderer/types.ts': {
    code: `import type { open } from '../core/open.ts';\nexport type O = typeof open;`,
    caught: ['zone-renderer'],
  },
  'src/renderer/dynamic.ts': {
    code: `export const later = () => import('../core/open.ts');`,
    caught: ['zone-renderer'],
  },
  'src/renderer/aliased.ts': {
    code: `import { open } from '#core/open.ts';\nvoid open;`,
    caught: ['zone-renderer'],
  },
  'src/renderer/reexported.ts': { code: `export * from '#core/open.ts';`, caught: ['zone-renderer'] },
  'src/renderer/import-type.ts': {
    code: `export type Open = typeof import('#core/open.ts').open;`,
    caught: ['zone-renderer'],
  },

  // One of each rule.
  'src/core/kernel/up.ts': {
    code: `import { b } from '../log/up.ts';\nexport const a = b;`,
    caught: ['core-kernel'],
  },
  'src/core/log/up.ts': {
    code: `import { c } from '../model/up.ts';\nexport const b = c;`,
    caught: ['core-log'],
  },
  'src/core/model/up.ts': {
    code: `import { d } from '../network/up.ts';\nexport const c = d;`,
    caught: ['core-model'],
  },
  'src/core/network/up.ts': {
    code: `import { e } from '../compose.ts';\nexport const d = e;`,
    caught: ['core-capabilities'],
  },
  'src/core/compose.ts': { code: `export const e = 1;`, caught: [] },
  'src/core/versions/above.ts': {
    code: `import { low } from '../compare/low.ts';\nvoid low;`,
    caught: ['capability-versions'],
  },
  'src/core/compare/low.ts': {
    code: `import { kept } from '../versions/kept.ts';\nexport const low = kept;`,
    caught: [],
  },
  'src/core/versions/kept.ts': { code: `export const kept = 1;`, caught: [] },
  'src/core/care/beside.ts': {
    code: `import { salvage } from '../salvage/one.ts';\nvoid salvage;`,
    caught: ['capability-on-top'],
  },
  'src/core/salvage/one.ts': { code: `export const salvage = 1;`, caught: [] },
  'src/shared/up.ts': {
    code: `import type { open } from '#core/open.ts';\nexport type O = typeof open;`,
    caught: ['zone-shared'],
  },
  'src/shared/builtin.ts': {
    code: `import { join } from 'node:path';\nvoid join;`,
    caught: ['no-node-builtins'],
  },
  'src/shared/platform.ts': {
    code: `import { Kysely } from 'kysely';\nvoid Kysely;`,
    caught: ['shared-has-no-platform'],
  },
  'src/core/shell.ts': {
    code: `import { app } from 'electron';\nvoid app;`,
    caught: ['electron-only-in-the-shell'],
  },
  'src/core/shell-types.ts': {
    code: `import type { App } from 'electron/main';\nexport type A = App;`,
    caught: ['electron-only-in-the-shell'],
  },
  'src/core/serves.ts': {
    code: `import { listen } from '#server/listen.ts';\nvoid listen;`,
    caught: ['zone-core'],
  },
  'src/core/tested.ts': { code: `import '#test/open.test.ts';`, caught: ['zone-core'] },
  'src/core/view.ts': {
    code: `import { useState } from 'react';\nvoid useState;`,
    caught: ['core-has-no-interface'],
  },
  'src/core/developing.ts': {
    code: `import fc from 'fast-check';\nvoid fc;`,
    caught: ['no-development-package-in-the-product'],
  },
  'src/core/lost.ts': { code: `import './nowhere.ts';`, caught: ['resolvable'] },
  'src/server/listen.ts': { code: `export const listen = 1;`, caught: [] },
  'src/server/cores.ts': {
    code: `import { open } from '#core/open.ts';\nvoid open;`,
    caught: ['zone-server'],
  },
  'src/main/opens.ts': { code: `import { open } from '#core/open.ts';\nvoid open;`, caught: ['zone-main'] },
  'src/preload/opens.ts': {
    code: `import { open } from '#core/open.ts';\nvoid open;`,
    caught: ['zone-preload'],
  },
  'src/data/serves.ts': {
    code: `import { listen } from '#server/listen.ts';\nvoid listen;`,
    caught: ['zone-data'],
  },
  'src/cli/shows.ts': { code: `import '#renderer/main.tsx';`, caught: ['zone-cli'] },
  'src/renderer/node.ts': {
    code: `import { readFileSync } from 'node:fs';\nvoid readFileSync;`,
    caught: ['no-node-builtins'],
  },
  'src/renderer/stores.ts': {
    code: `import { Kysely } from 'kysely';\nvoid Kysely;`,
    caught: ['renderer-has-no-database'],
  },
  // The floors of the window, and which feature may use which.
  'src/renderer/ui/low.ts': { code: `export const low = 1;`, caught: [] },
  'src/renderer/app/frame.ts': {
    code: `import { view } from '../features/views/view.ts';\nexport const frame = view;`,
    caught: [],
  },
  'src/renderer/commands/lifted.ts': {
    code: `export const later = () => import('../features/views/view.ts');`,
    caught: ['floor-commands'],
  },
  'src/renderer/stores/lifted.ts': {
    code: `import type { low } from '../commands/low.ts';\nexport type L = typeof low;`,
    caught: ['floor-stores'],
  },
  'src/renderer/commands/low.ts': {
    code: `import { low as lower } from '../ui/low.ts';\nexport const low = lower;`,
    caught: [],
  },
  'src/renderer/features/views/view.ts': {
    code: `import { low } from '../../commands/low.ts';\nexport const view = low;`,
    caught: [],
  },
  'src/renderer/features/views/above.ts': {
    code: `import type { list } from '../records/grid/list.ts';\nexport type L = typeof list;`,
    caught: ['feature-views'],
  },
  'src/renderer/features/views/framed.ts': {
    code: `import { frame } from '../../app/frame.ts';\nvoid frame;`,
    caught: ['floor-features'],
  },
  'src/renderer/features/records/grid/list.ts': {
    code: `import { view } from '../../views/view.ts';\nexport const list = view;`,
    caught: [],
  },
  'src/renderer/features/search/box.ts': {
    code: `import { list } from '../records/grid/list.ts';\nexport const box = list;`,
    caught: [],
  },
  'src/renderer/features/search/within.ts': {
    code: `import { box } from './box.ts';\nvoid box;`,
    caught: [],
  },
  'src/renderer/features/somewhere/beside.ts': {
    code: `import { box } from '../search/box.ts';\nvoid box;`,
    caught: ['feature-on-top'],
  },
  'src/renderer/features/help/unused.ts': {
    code: `import { box } from '../search/box.ts';\nvoid box;`,
    caught: ['feature-help'],
  },
  'migrations/rule.ts': {
    code: `import type { Rule } from '#shared/rule.ts';\nexport type R = Rule;`,
    caught: ['migrations-use-kysely-only', 'zone-migrations'],
  },
  'migrations/zod.ts': { code: `import { z } from 'zod';\nvoid z;`, caught: ['migrations-use-kysely-only'] },
  // A circle is told once, from where it was entered.
  'src/core/circle-a.ts': {
    code: `import { b } from './circle-b.ts';\nexport const a = () => b;`,
    caught: ['no-circular'],
  },
  'src/core/circle-b.ts': {
    code: `import { a } from './circle-a.ts';\nexport const b = () => a;`,
    caught: [],
  },
};

const tree = mkdtempSync(join(tmpdir(), 'frames-boundaries-'));
const program = join(root, 'node_modules/.bin/depcruise');

function depcruise(folder: string, args: string[]): { stdout: string; code: number | null } {
  const all = [program, '--config', '.dependency-cruiser.cjs', ...args];
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, all, options);
  if (stdout === '') throw new Error(stderr);
  return { stdout, code: status };
}

function cruise(folder: string, folders: string[]): Report {
  return JSON.parse(depcruise(folder, ['--output-type', 'json', ...folders]).stdout) as Report;
}

beforeAll(() => {
  copyFileSync(join(root, '.dependency-cruiser.cjs'), join(tree, '.dependency-cruiser.cjs'));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    imports: Record<string, string>;
  };
  manifest.imports['#server/*'] = './src/server/*';
  writeFileSync(join(tree, 'package.json'), JSON.stringify(manifest));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const [file, { code }] of Object.entries(planted)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `${code}\n`);
  }
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('import boundaries', () => {
  test('every planted violation is caught by its rule, and nothing else is', () => {
    const report = cruise(tree, ['src', 'migrations', 'test']);
    const caught = Object.fromEntries(Object.keys(planted).map((file) => [file, new Set<string>()]));
    for (const { from, rule } of report.summary.violations) caught[from]?.add(rule.name);
    const seen = Object.fromEntries(Object.entries(caught).map(([file, rules]) => [file, [...rules].sort()]));
    const wanted = Object.fromEntries(
      Object.entries(planted).map(([file, { caught: rules }]) => [file, [...rules].sort()]),
    );
    expect(seen).toEqual(wanted);
  });

  test('a violation makes the check fail', () => {
    const { stdout, code } = depcruise(tree, ['src']);
    expect(stdout).toContain('zone-renderer');
    expect(code).not.toBe(0);
  });
});
