/** Every folder of sources that a bundle of the command line may hold. `bin/frames` names the same ones. */
export const commandSources = [
  'src/files',
  'src/http',
  'src/shared',
  'src/core',
  'src/server',
  'src/cli',
  'migrations',
];
