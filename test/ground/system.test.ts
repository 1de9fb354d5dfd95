import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { electronPackages, missingPackages } from '#scripts/system.ts';

describe('system packages', () => {
  test('none is missing if all are installed', () => {
    expect(missingPackages(electronPackages, new Set(electronPackages))).toEqual([]);
  });

  test('the names since the 64-bit time transition count as well', () => {
    expect(missingPackages(['libgtk-3-0', 'libnss3'], new Set(['libgtk-3-0t64', 'libnss3']))).toEqual([]);
  });

  test('a package installed under neither name is missing', () => {
    expect(missingPackages(['xvfb', 'libcups2', 'dbus'], new Set(['dbus']))).toEqual(['xvfb', 'libcups2']);
  });
});

test.runIf(process.platform === 'linux')('npm start without a display ends with a sentence', () => {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/start.ts')], {
    encoding: 'utf8',
    env,
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^There is no display here .*\nWhat works without one:\n( {2}.*\n)+$/);
});
