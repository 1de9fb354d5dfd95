import { capture } from './capture.ts';

/** Runs a program and returns its standard output. Throws with what it printed if it fails or is not installed. */
export async function runOrThrow(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { code, stdout, stderr } = await capture(program, args, { env: { ...process.env, ...env } });
  if (code !== 0) throw new Error(`${program} ended with code ${code}: ${(stderr || stdout).trim()}`);
  return stdout;
}
