import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seriousFindings } from '#scripts/lib/audit.ts';
import { variable } from '#scripts/lib/environment.ts';
import { changelogSection, releaseProblems, writeChecksums } from '#scripts/lib/packaging/release.ts';
import type { Candidate } from '#scripts/lib/packaging/release.ts';
import { withRepositoryKey } from '#scripts/lib/packaging/repository-key.ts';
import { unsignedNotice } from '#scripts/lib/packaging/certificates.ts';
import { publicKeyOf, signingKey } from '#scripts/lib/packaging/signing.ts';
import type { SigningKey } from '#scripts/lib/packaging/signing.ts';
import { targets } from '#scripts/lib/packaging/targets.ts';
import type { Target } from '#scripts/lib/packaging/targets.ts';
import { runOrThrow } from '#scripts/lib/run-or-throw.ts';
import { signatureProblem } from '#shared/signed/signature.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

const keyNamed = (id: string): SigningKey => ({ id, privateKey: generateKeyPairSync('ed25519').privateKey });
const key = keyNamed('ours');
const changelog =
  '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] – 2026-12-01\n\n- Faster.\n\n## [0.1.0]\n\n- First.\n';

const good: Candidate = {
  tag: 'v0.2.0',
  taggedCommit: 'a'.repeat(40),
  commit: 'a'.repeat(40),
  changed: [],
  version: '0.2.0',
  updateAddress: 'https://frames.org/updates/',
  key,
  keys: JSON.stringify([publicKeyOf(key)]),
  changelog,
  texts: new Map([
    [
      'README.md',
      'See .env.example, https://frames.example.org and ada@example.edu; `notation.example = 1`.',
    ],
  ]),
};

it('a complete release may be built', () => {
  expect(releaseProblems(good)).toEqual([]);
});

it('a tag that is not made yet may be released', () => {
  expect(releaseProblems({ ...good, taggedCommit: null })).toEqual([]);
});

it.each<[string, Partial<Candidate>, string]>([
  ['another tag', { tag: 'v0.2.1' }, 'The tag v0.2.1 is not v0.2.0'],
  ['no tag', { tag: '' }, 'The tag (none)'],
  [
    'a tag of another commit',
    { taggedCommit: 'b'.repeat(40) },
    'The tag v0.2.0 is at bbbbbbbbb, but aaaaaaaaa is checked out.',
  ],
  [
    'a change that is not committed',
    { changed: ['README.md', 'src/a.ts'] },
    'changes that are not committed: README.md and 1 more.',
  ],
  ['no update address', { updateAddress: undefined }, 'FRAMES_UPDATE_URL is missing'],
  ['a plain address', { updateAddress: 'http://frames.org/' }, 'not an HTTPS address'],
  [
    'an address without a slash',
    { updateAddress: 'https://frames.org/updates' },
    'does not end with a slash',
  ],
  [
    'a placeholder address',
    { updateAddress: 'https://frames.example/updates/' },
    'the placeholder https://frames.example',
  ],
  ['no keys', { keys: '[]' }, 'lists no key'],
  ['a broken list of keys', { keys: '[{}]' }, 'not a list of keys'],
  ['no signing key', { key: null }, 'FRAMES_SIGNING_KEY is missing'],
  [
    'a signing key that cannot be used',
    { key: new Error('FRAMES_SIGNING_KEY: key.pem cannot be read.') },
    'FRAMES_SIGNING_KEY: key.pem cannot be read.',
  ],
  ['another signing key of that name', { key: keyNamed('ours') }, 'does not list the signing key ours'],
  ['no section of the changelog', { changelog: '## [0.1.0]\n- First.' }, 'no section [0.2.0]'],
  ['an empty section', { changelog: '## [0.2.0]\n\n## [0.1.0]\n- First.' }, 'no section [0.2.0]'],
  [
    'a placeholder homepage',
    { texts: new Map([['package.json', '"homepage": "https://frames.example/"']]) },
    'package.json has the placeholder https://frames.example.',
  ],
  [
    'a placeholder at the end of a sentence',
    { texts: new Map([['SECURITY.md', 'Write to maintainers@frames.example. Thank you.']]) },
    'SECURITY.md has the placeholder maintainers@frames.example.',
  ],
])('a release with %s is refused', (_, change, problem) => {
  expect(releaseProblems({ ...good, ...change }).join('\n')).toContain(problem);
});

it('a variable that is empty counts as unset, as that of a missing secret', () => {
  expect(variable('FRAMES_UPDATE_URL', { FRAMES_UPDATE_URL: '' })).toBeUndefined();
  expect(signingKey({ FRAMES_SIGNING_KEY: '' })).toBeNull();
});

it('a signing key that cannot be used is refused with a sentence', () => {
  const folder = makeFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const read =
    (path: string, id = 'ours') =>
    () =>
      signingKey({ FRAMES_SIGNING_KEY: path, FRAMES_SIGNING_KEY_ID: id });
  try {
    expect(read(join(folder, 'none'))).toThrow(/^FRAMES_SIGNING_KEY: .*none cannot be read\.$/);
    expect(read(folder)).toThrow(/cannot be read\.$/);
    for (const [name, text] of Object.entries({ empty: '', text: 'text', other }))
      expect(read(file(name, text)), name).toThrow(/holds no private Ed25519 key in PEM form\.$/);
    expect(read(file('good', pem), '')).toThrow('FRAMES_SIGNING_KEY_ID is missing');
    expect(read(file('good', pem))()?.id).toBe('ours');
  } finally {
    removeFolder(folder);
  }
});

it('a key of the package repository that cannot be read is refused with a sentence', async () => {
  await expect(withRepositoryKey(async () => {}, '/nowhere/key.asc')).rejects.toThrow(
    /^FRAMES_REPOSITORY_KEY: \/nowhere\/key\.asc cannot be read\.$/,
  );
});

it.each([
  ['nsis', {}, /^Not signed: nsis, because there is no certificate \(WIN_CSC_LINK or CSC_LINK\)/],
  ['nsis', { WIN_CSC_LINK: '' }, /^Not signed: nsis/],
  ['dmg', { WIN_CSC_LINK: 'file' }, /^Not signed: dmg, because .*\(CSC_LINK\)/],
])('the target %s with %j is reported as not signed', (name, env, notice) => {
  expect(unsignedNotice(name, targetNamed(name), env)).toMatch(notice);
});

it.each([
  ['nsis', { WIN_CSC_LINK: 'file' }],
  ['dmg', { CSC_LINK: 'file' }],
  ['deb', {}],
])('the target %s with %j is not', (name, env) => {
  expect(unsignedNotice(name, targetNamed(name), env)).toBeNull();
});

function targetNamed(name: string): Target {
  const target = targets[name];
  if (!target) throw new Error(`there is no target ${name}`);
  return target;
}

it('the notes of a release are its section of the changelog', () => {
  expect(changelogSection(changelog, '0.2.0')).toBe('- Faster.');
});

it('the checksums are read by sha256sum, and signed', async () => {
  const folder = makeFolder();
  try {
    writeFileSync(join(folder, 'FRAMES-0.2.0-x64.deb'), 'deb');
    writeFileSync(join(folder, 'other'), '');
    expect(await writeChecksums(folder, key)).toEqual(['FRAMES-0.2.0-x64.deb']);
    const text = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
    const check = ['-c', 'cd "$1" && sha256sum -c SHA256SUMS', 'sh', folder];
    expect(await runOrThrow('sh', check)).toBe('FRAMES-0.2.0-x64.deb: OK\n');
    const signature = readFileSync(join(folder, 'SHA256SUMS.sig'), 'utf8');
    expect(signatureProblem(text, signature, [publicKeyOf(key)])).toBeNull();
  } finally {
    removeFolder(folder);
  }
});

it('the audit fails for Electron and for what is shipped, not for development tools', () => {
  const finding = (name: string, severity: string, node = `node_modules/${name}`) => ({
    [name]: { name, severity, range: '<1', nodes: [node] },
  });
  const vulnerabilities = {
    ...finding('electron', 'high'),
    ...finding('zod', 'critical'),
    ...finding('vitest', 'high'),
    ...finding('pg', 'moderate'),
  };
  const packages = {
    'node_modules/electron': { dev: true },
    'node_modules/vitest': { dev: true },
    'node_modules/zod': {},
  };
  expect(seriousFindings({ vulnerabilities }, { packages })).toEqual({
    shipped: ['electron <1: high', 'zod <1: critical'],
    tools: ['vitest <1: high'],
  });
});
