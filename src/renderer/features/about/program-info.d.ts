/** All packages of the program, collected at build time. */
declare module 'virtual:licences' {
  const packages: readonly { name: string; version: string; licence: string; text: string }[];
  export default packages;
}

declare module 'virtual:build' {
  const build: { commit: string; date: string };
  export default build;
}
