import { describe, expect, test } from 'vitest';
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
