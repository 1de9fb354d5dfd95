import { sentenceText } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import type { Health } from '#shared/contract/care.ts';
import { runHere } from '#test/cli/frames.ts';
import type { FramesError } from '#test/cli/frames.ts';

/** What `frames verify` says: the problems, or the error that it ends with. */
export async function verifyByCommand(folder: string): Promise<string[]> {
  const { stdout, stderr } = await runHere(folder, ['verify', '--workspace', folder, '--json']);
  if (stdout === '') return [(JSON.parse(stderr) as { error: FramesError }).error.message];
  const { ok, problems } = JSON.parse(stdout) as { ok: boolean; problems: Sentence[] };
  if (ok !== (problems.length === 0)) throw new Error(`ok is ${ok}, and it says ${JSON.stringify(problems)}`);
  return problems.map((one) => sentenceText(one));
}

/** The codes of what `frames health` finds bad. */
export async function healthByCommand(folder: string): Promise<string[]> {
  const { stdout, stderr } = await runHere(folder, ['health', '--workspace', folder, '--json']);
  if (stdout === '') return [(JSON.parse(stderr) as { error: FramesError }).error.code];
  const { findings } = JSON.parse(stdout) as Health;
  return findings.filter(({ state }) => state === 'bad').map(({ code }) => code);
}
