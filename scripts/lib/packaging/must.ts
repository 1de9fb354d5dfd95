import { capture } from '../capture.ts';

/** Runs a program. Throws with what it printed when it fails or is not there. */
export async function must(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, stdout, stderr } = await capture(program, args, { env: { ...process.env, ...env } });
  if (code !== 0) throw new Error(`${program} ended with code ${code}: ${(stderr || stdout).trim()}`);
  return stdout;
}
