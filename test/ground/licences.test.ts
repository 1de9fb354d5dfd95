import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isAllowed } from '#scripts/lib/licence-rules.ts';
import { collectLicences } from '#scripts/lib/licences.ts';
import { forbiddenIn, makeSbom } from '#scripts/lib/packaging/sbom.ts';
import { root } from '#scripts/lib/paths.ts';

it.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['GPL-3.0-only OR MIT', true],
  ['MIT AND ISC AND BSD-3-Clause', true],
  ['GPL-3.0-only', false],
  ['AGPL-3.0-or-later', false],
  ['MIT AND GPL-2.0-only', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['', false],
])('judges the licence "%s": %s', (licence, allowed) => {
  expect(isAllowed(licence)).toBe(allowed);
});

it('of FRAMES itself is MIT, wherever it is named', () => {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  expect(read('LICENSE')).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} The FRAMES maintainers\n/);
  expect(JSON.parse(read('package.json'))).toMatchObject({ license: 'MIT' });
  expect(JSON.parse(read('package-lock.json'))).toMatchObject({ packages: { '': { license: 'MIT' } } });
  expect(read('deploy/Dockerfile')).toMatch(/image\.licenses="MIT"[\s\S]*^COPY LICENSE /m);
});

it('is allowed of every package in the licence report', () => {
  const report = collectLicences(root);
  expect(report.length).toBeGreaterThan(100);
  expect(report.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
});

it('is allowed of every component in the bill of materials, which is the same in each build', async () => {
  const electron = { dist: '', binary: '', source: 'official', version: '45.3.4' } as const;
  const sbom = await makeSbom(electron, 1_790_000_000);
  expect(sbom.components.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['better-sqlite3', 'electron']),
  );
  expect(forbiddenIn(sbom)).toEqual([]);
  expect(sbom).not.toHaveProperty('serialNumber');
  expect(sbom.metadata.timestamp).toBe('2026-09-21T14:13:20.000Z');
});

it('names a component that may not be shipped', () => {
  const component = { type: 'library', name: 'viral', version: '1.0.0' };
  const metadata = { timestamp: '', component: { name: '', type: '' } };
  const planted = { ...component, licenses: [{ license: { id: 'GPL-3.0-only' } }] };
  expect(forbiddenIn({ metadata, components: [planted, { ...component, name: 'unclear' }] })).toEqual([
    'viral@1.0.0: GPL-3.0-only',
    'unclear@1.0.0: no licence',
  ]);
});
