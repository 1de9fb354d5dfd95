import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shippedFolder } from '#core/kernel/resources.ts';
import { publicKeys } from '#shared/signed/signature.ts';
import type { PublicKeys } from '#shared/signed/signature.ts';
import type { Context } from './command.ts';
import { CommandFailure } from './output/errors.ts';
import { countPhrase } from './phrases.ts';
import { checkProgram } from './program-files.ts';
import type { ProgramReport } from './program-files.ts';

/** Electron's own variables, missing in plain Node. */
const electron = process as { resourcesPath?: string; noAsar?: boolean };

function shippedKeys(): PublicKeys {
  const folder = shippedFolder();
  return folder === null ? [] : publicKeys.parse(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')));
}

/** Checks the installed files against their signed list. Throws CommandFailure. */
export async function verifyProgram({ output }: Context): Promise<void> {
  const { resourcesPath } = electron;
  if (resourcesPath === undefined)
    throw new CommandFailure(
      'NOT_PACKAGED',
      'This program runs from its sources; only packages have a list of files.',
      {},
    );
  const keys = shippedKeys();
  // Without this, Electron reads app.asar as a folder.
  electron.noAsar = true;
  const report = await checkProgram(dirname(resourcesPath), keys);
  if (report === null)
    throw new CommandFailure(
      'NOT_VERIFIED',
      'The list of the program’s files is missing or cannot be read.',
      {},
    );
  output.result(report, () => reportLines(report));
  const { changed, missing, added, signature } = report;
  const [first] = [...changed, ...missing, ...added];
  if (first !== undefined)
    throw new CommandFailure(
      'NOT_VERIFIED',
      `The program was changed after it was packaged: ${first}. Install it again.`,
      report,
    );
  if (signature !== 'valid') throw new CommandFailure('NOT_VERIFIED', signatureText[signature], report);
}

const signatureText: Record<Exclude<ProgramReport['signature'], 'valid'>, string> = {
  unsigned: 'The list of the program’s files is not signed.',
  'unknown-key': 'The list of the program’s files is signed with a key that this program does not know.',
  forged: 'The signature of the list of the program’s files is not valid. Install the program again.',
};

function reportLines({ version, files, changed, missing, added, signature }: ProgramReport): string[] {
  const part = (name: string, paths: readonly string[]): string[] =>
    paths.map((path) => `✗ ${name}: ${path}`);
  const problems = [...part('Changed', changed), ...part('Missing', missing), ...part('Added', added)];
  return [
    ...problems,
    ...(signature === 'valid' ? ['✓ The list is signed.'] : []),
    ...(problems.length === 0 ? [`✓ FRAMES ${version}: ${countPhrase(files, 'file')} as packaged.`] : []),
  ];
}
