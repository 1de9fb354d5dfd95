import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { redactText, supportText } from '#main/support-text.ts';

const program = { version: '0.1.0', electron: '45', chromium: '150', node: '24', system: 'Linux 6 (x64)' };

it('the text for support has facts, the last lines of logs and the times of crashes, without names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frames-support-'));
  const workspace = join(folder, 'Lunar mission');
  mkdirSync(join(folder, 'crashes', 'completed'), { recursive: true });
  writeFileSync(join(folder, 'crashes', 'completed', 'a.dmp'), 'memory of Ada');
  const line = { error: `ENOENT: ${workspace}/frames.sqlite`, of: 'Lunar mission', home: homedir() };
  const old = 'an old line\n'.repeat(100);
  writeFileSync(join(folder, 'main.log'), `${old}${JSON.stringify(line)}\n`);
  const text = supportText({
    program,
    logs: [
      { name: 'Program log', file: join(folder, 'main.log') },
      { name: 'Workspace log', file: join(folder, 'none.log') },
    ],
    crashes: join(folder, 'crashes'),
    redactions: [
      [workspace, '(workspace)'],
      ['Lunar mission', '(workspace)'],
    ],
  });
  rmSync(folder, { recursive: true });
  expect(text).toContain('version: 0.1.0');
  expect(text).toContain('ENOENT: (workspace)/frames.sqlite');
  expect(text).toMatch(/Crash reports\n\d{4}-\d\d-\d\dT/);
  expect(text).toContain('Workspace log\n(none)');
  expect(text.match(/an old line/g)).toHaveLength(59);
  for (const name of [homedir(), 'Lunar mission', 'Ada']) expect(text).not.toContain(name);
});

it.each([
  ['at C:\\\\Users\\\\ada\\\\frames', 'at ~\\\\frames'],
  ['in /home/ada, not /home/adamant', 'in ~, not /home/adamant'],
  ['by ada@tum.de over https://frames.tum.de/api/v1 now', 'by (email) over https://(address) now'],
  ['postgres://ada:secret@db/frames', 'postgres://(address)'],
  ['root is no word of chroots', '(user) is no word of chroots'],
])('%s becomes %s', (text, expected) => {
  const names = [
    ['C:\\Users\\ada', '~'],
    ['/home/ada', '~'],
    ['root', '(user)'],
  ] as const;
  expect(redactText(text, [], names)).toBe(expected);
});

it('this computer has no name in it', () => {
  expect(redactText(`on ${hostname()}`, [])).not.toContain(hostname());
});
