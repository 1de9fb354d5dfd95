import { cpSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePipe } from '#test/support/make-pipe.ts';
import { inFolder, runHere } from './frames.ts';

/* Opening a pipe waits for its other end. So a command that opens one never ends, and nor does this file. */

const { folder, at, seed, frames, json, refused } = inFolder();

/** A workspace with a file of each kind, and its document. */
const rich = ['--workspace', 'w'];
let documentId: string;

beforeAll(async () => {
  await seed();
  writeFileSync(at('notes.md'), '# Handover\n\nThe test bench is in room 12.\n');
  const { record } = await json<{ record: { id: string } }>('documents', 'attach', 'notes.md', ...rich);
  documentId = record.id;
  await json('search', 'bench', ...rich);
  await json('backup', 'create', ...rich);
  await json('sandbox', 'create', 'Plan', ...rich);
  writeFileSync(at('teams.json'), '{"teams":[{"id":"team_new","name":"New team"}]}');
  makePipe(at('pipe'));
  mkdirSync(at('folder'));
  symlinkSync('/dev/null', at('device'));
});

describe.each(['pipe', 'folder', 'device'])('a %s', (path) => {
  test.each([
    `documents attach ${path}`,
    `import ${path} --force`,
    `import ${path} --force --passphrase env`,
    `import teams.json --force --map ${path}`,
    `confirm read ${path}`,
    `backup take ${path}`,
    `backup take ${path} --passphrase env`,
    `jobs add import --file ${path}`,
    `export --out ${path} --replace`,
    `support-copy ${path} --replace`,
  ])('is refused as the file of: frames %s', async (command) => {
    const modeBefore = lstatSync(at(path)).mode;
    const environment = { FRAMES_CONFIG: at('config'), FRAMES_PASSPHRASE: 'a long passphrase' };
    const { code, stderr } = await runHere(folder, [...command.split(' '), ...rich, '--json'], environment);
    expect(code, stderr).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'BAD_FILE' } });
    expect(lstatSync(at(path)).mode).toBe(modeBefore);
  });

  test('is not replaced by the file of a document', async () => {
    const { code, error } = await refused(
      'documents',
      'save',
      documentId,
      '--out',
      path,
      '--replace',
      ...rich,
    );
    expect(code).toBe(1);
    expect(error.code).toBe('BAD_FILE');
  });
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

test('a pipe in the place of each file of a workspace stops no command', async () => {
  const copy = at('copy');
  for (const file of filesIn(at('w'))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(at('w'), copy, { recursive: true });
    rmSync(join(copy, file));
    makePipe(join(copy, file));
    const commands = [
      'verify',
      'health',
      'backup create',
      'backup list',
      'sandbox list',
      'jobs run',
      'search bench',
      'people find Ada',
      `documents text ${documentId}`,
      `documents save ${documentId} --out saved.md --replace`,
      'support-copy support.tar.gz --replace',
    ];
    for (const command of commands) {
      const { code, stderr } = await frames(command, '--workspace', 'copy');
      expect.soft([0, 1], `${command} with ${file}: ${stderr}`).toContain(code);
      if (code !== 0) console.log(file, command, stderr);
    }
  }
});
