import { dirname, join } from 'node:path';
import { readShippedSync } from '#files/open-file.ts';
import { shippedFolder } from '#core/kernel/resources.ts';
import { publicKeys } from '#shared/signed/signature.ts';
import type { PublicKeys } from '#shared/signed/signature.ts';
import type { Context } from './command.ts';
import { CommandFailure } from './output/errors.ts';
import { countPhrase } from './format.ts';
import { checkProgram } from './program-files.ts';
import type { ProgramReport } from './program-files.ts';

/** Electron's own variables, missing in plain Node. */
const electronProcess = process as { resourcesPath?: string; noAsar?: boolean };

function readShippedKeys(): PublicKeys {
  const folder = shippedFolder();
  return folder === null ? [] : publicKeys.parse(JSON.parse(readShippedSync(join(folder, 'keys.json'))));
}

/** Checks the installed files against their signed list. Throws CommandFailure. */
export async function verifyProgram({ output }: Context): Promise<void> {
  const { resourcesPath } = electronProcess;
  if (resourcesPath === undefined)
    throw new CommandFailure(
      'NOT_PACKAGED',
      'This program runs from its sources; only packages have a list of files.',
      {},
    );
  const keys = readShippedKeys();
  // Without this, Electron reads app.asar as a folder.
  electronProcess.noAsar = true;
  const report = await checkProgram(dirname(resourcesPath), keys);
  if (report === null)
    throw new CommandFailure(
      'NOT_VERIFIED',
      'The list of the program’s files is missing or cannot be read.',
      {},
    );
  output.result(report, () => reportLines(report));
  const { changed, missing, added, signature } = report;
  const [firstPath] = [...changed, ...missing, ...added];
  if (firstPath !== undefined)
    throw new CommandFailure(
      'NOT_VERIFIED',
      `The program was changed after it was packaged: ${firstPath}. Install it again.`,
      report,
    );
  if (signature !== 'valid') throw new CommandFailure('NOT_VERIFIED', signatureTexts[signature], report);
}

const signatureTexts: Record<Exclude<ProgramReport['signature'], 'valid'>, string> = {
  unsigned: 'The list of the program’s files is not signed.',
  'unknown-key': 'The list of the program’s files is signed with a key that this program does not know.',
  forged: 'The signature of the list of the program’s files is not valid. Install the program again.',
};

function reportLines({ version, files, changed, missing, added, signature }: ProgramReport): string[] {
  const pathLines = (name: string, paths: readonly string[]): string[] =>
    paths.map((path) => `✗ ${name}: ${path}`);
  const problems = [
    ...pathLines('Changed', changed),
    ...pathLines('Missing', missing),
    ...pathLines('Added', added),
  ];
  return [
    ...problems,
    ...(signature === 'valid' ? ['✓ The list is signed.'] : []),
    ...(problems.length === 0 ? [`✓ FRAMES ${version}: ${countPhrase(files, 'file')} as packaged.`] : []),
  ];
}
