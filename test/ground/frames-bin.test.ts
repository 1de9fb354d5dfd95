import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandSources } from '#scripts/lib/command-sources.ts';
import { root } from '#scripts/lib/paths.ts';

const layout = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string; to: { pathNot?: string } }[];
};

/** The zones that a zone may import, itself included. */
function allowedIn(zone: string): string[] {
  const rule = layout.forbidden.find(({ name }) => name === `zone-${zone.replace('src/', '')}`);
  return /\((.+)\)/.exec(rule?.to.pathNot ?? '')?.[1]?.split('|') ?? [];
}

const old = new Date('2020-01-01T00:00:00Z');
const recent = new Date('2021-01-01T00:00:00Z');
let project = '';

beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'frames-bin-')));
  mkdirSync(join(project, 'bin'));
  copyFileSync(join(root, 'bin/frames'), join(project, 'bin/frames'));
  plant('src/cli/main.ts', `console.log('source', ...process.argv.slice(2));`, old);
  plant('package.json', '{"type":"module"}', old);
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function plant(file: string, code: string, time: Date): void {
  const path = join(project, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  for (let at = path; at !== project; at = dirname(at)) utimesSync(at, time, time);
}

function plantNode(): void {
  mkdirSync(join(project, 'node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, join(project, 'node_modules/node/bin/node'));
}

function frames(...args: string[]): string {
  return execFileSync(join(project, 'bin/frames'), args, { encoding: 'utf8', cwd: tmpdir() }).trim();
}

describe('bin/frames', () => {
  test('runs the source when nothing is built, with the arguments as they are', () => {
    plantNode();
    expect(frames('import', 'a file.json', '--dry-run')).toBe('source import a file.json --dry-run');
  });

  test('runs the bundle when it is newer than every source', () => {
    plantNode();
    plant('out/cli/frames.js', `console.log('bundle', ...process.argv.slice(2));`, recent);
    expect(frames('verify')).toBe('bundle verify');
  });

  test.each(commandSources)('runs the source when a file of %s is newer than the bundle', (folder) => {
    plantNode();
    plant('out/cli/frames.js', `console.log('bundle');`, recent);
    plant(`${folder}/open.ts`, '', new Date('2022-01-01T00:00:00Z'));
    expect(frames()).toBe('source');
  });

  test('compares the bundle with every folder that the command line may import', () => {
    const reached = new Set(['src/cli']);
    for (const zone of reached) for (const allowed of allowedIn(zone)) reached.add(allowed);
    expect(commandSources.toSorted()).toEqual([...reached].toSorted());
  });

  test('can be called through symbolic links, absolute and relative', () => {
    plantNode();
    mkdirSync(join(project, 'links'));
    symlinkSync(join(project, 'bin/frames'), join(project, 'links/absolute'));
    symlinkSync('absolute', join(project, 'links/relative'));
    expect(execFileSync(join(project, 'links/relative'), ['x'], { encoding: 'utf8' }).trim()).toBe(
      'source x',
    );
  });

  test('says what to do if the packages are not installed', () => {
    const { status, stderr } = spawnSync(join(project, 'bin/frames'), { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('npm ci');
  });

  test('refuses a Node that is too old, naming it', () => {
    mkdirSync(join(project, 'node_modules'));
    plant('old/node', '#!/bin/sh\necho 20\n', old);
    execFileSync('chmod', ['755', join(project, 'old/node')]);
    const env = { ...process.env, PATH: `${join(project, 'old')}:/usr/bin:/bin` };
    const { status, stderr } = spawnSync(join(project, 'bin/frames'), { encoding: 'utf8', env });
    expect(status).toBe(1);
    expect(stderr).toContain('Node 24 or newer is needed (found: 20)');
  });
});
