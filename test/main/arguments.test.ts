import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { targetFrom } from '#main/arguments.ts';

describe('which workspace is opened', () => {
  it('is the sample when nothing is named', () => {
    const target = targetFrom(['electron', '.'], {}, '/data');
    expect(target).toEqual({ workspace: join('/data', 'workspaces', 'Sample'), sample: true });
  });

  it.each([[['--workspace', 'there']], [['--workspace=there']]])('is the named one: %j', (argv) => {
    const target = targetFrom(argv, { FRAMES_WORKSPACE: '/elsewhere' }, '/data');
    expect(target).toEqual({ workspace: resolve('there'), sample: false });
  });

  it('is the environment’s when no argument names one', () => {
    expect(targetFrom([], { FRAMES_WORKSPACE: '/elsewhere' }, '/data').workspace).toBe('/elsewhere');
    expect(targetFrom(['--workspace'], { FRAMES_WORKSPACE: '' }, '/data').sample).toBe(true);
  });
});
