import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { targetFrom } from '#main/arguments.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

describe('which workspace is opened', () => {
  it('is the sample when nothing is named', () => {
    const target = targetFrom(['electron', '.'], {}, '/data');
    expect(target).toEqual({ workspace: join('/data', 'workspaces', 'Sample'), sample: true });
  });

  it.each([[['--workspace', 'there']], [['--workspace=there']]])('is the named one: %j', (argv) => {
    const target = targetFrom(argv, { FRAMES_WORKSPACE: '/elsewhere' }, '/data');
    expect(target).toEqual({ workspace: resolve('there'), sample: false });
  });

  it('is the last chosen one if no argument names one and it still exists', () => {
    const folder = makeFolder();
    try {
      expect(targetFrom([], {}, '/data', folder).sample).toBe(true);
      writeFileSync(join(folder, 'head.json'), '');
      expect(targetFrom([], {}, '/data', folder)).toEqual({ workspace: folder, sample: false });
      expect(targetFrom(['--workspace', 'there'], {}, '/data', folder).workspace).toBe(resolve('there'));
    } finally {
      removeFolder(folder);
    }
  });

  it('is the environment’s when no argument names one', () => {
    expect(targetFrom([], { FRAMES_WORKSPACE: '/elsewhere' }, '/data').workspace).toBe('/elsewhere');
    expect(targetFrom(['--workspace'], { FRAMES_WORKSPACE: '' }, '/data').sample).toBe(true);
  });
});
