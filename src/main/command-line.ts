/**
 * Whether the program was started as a command, as in `frames verify`: the first argument is a bare word or asks for help. A file or link
 * that the system hands over is a path or an address, and a switch comes with two hyphens.
 */
export const isCommandLine = ([first = '']: readonly string[]): boolean =>
  /^[a-z][a-z-]*$/.test(first) || ['--help', '-h', '--version'].includes(first);
