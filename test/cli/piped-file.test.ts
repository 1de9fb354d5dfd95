import { strToU8, zipSync } from 'fflate';
import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { expect, it } from 'vitest';
import type { Context } from '#cli/command.ts';
import { withReadableFile } from '#cli/piped-file.ts';

const piping = (content: Buffer | undefined): Context =>
  ({ input: content && (async () => content) }) as Partial<Context> as Context;

it.each([
  ['Team,University\n', '.csv'],
  ['\uFEFF"Team";"University"\n', '.csv'],
  [' {"nodes": []}', '.json'],
  ['<?xml version="1.0"?><graphml/>', '.xml'],
  [Buffer.from(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') })), '.xlsx'],
])('gives standard input %j the ending %s, and removes the copy', async (content, ending) => {
  const given = Buffer.from(content);
  const path = await withReadableFile(piping(given), { file: '-', passphrase: undefined }, async (file) => {
    expect(extname(file)).toBe(ending);
    expect(readFileSync(file).equals(given)).toBe(true);
    return file;
  });
  expect(existsSync(path)).toBe(false);
});

it('keeps a named file in place', async () => {
  expect(
    await withReadableFile(
      piping(undefined),
      { file: 'teams.csv', passphrase: undefined },
      async (file) => file,
    ),
  ).toBe('teams.csv');
});

it.each([[undefined], [Buffer.from('')]])('refuses to read nothing', async (content) => {
  await expect(
    withReadableFile(piping(content), { file: '-', passphrase: undefined }, async (file) => file),
  ).rejects.toThrow('Standard input is empty. Pipe a file to it.');
});
