/** Only fatal messages of Chromium: it would report a missing bus or graphics card on standard error, and continue. */
export const quietSwitch = '--log-level=3';

/** Chromium refuses to run as root with its sandbox. */
export const unsandboxed = ['--no-sandbox', '--no-zygote'];

/** The arguments of a packaged program, without the switches that its launcher (`resources/linux/launcher.sh`) puts before them. */
export function argumentsAfterLauncher(argv: readonly string[], isRoot: boolean): string[] {
  const [first, ...rest] = argv.slice(1);
  if (first !== quietSwitch) return argv.slice(1);
  return isRoot ? rest.slice(unsandboxed.length) : rest;
}
