/** Every package that is part of the program; gathered when it is built. */
declare module 'virtual:licences' {
  const packages: readonly { name: string; version: string; licence: string; text: string }[];
  export default packages;
}

/** What was built, and when. */
declare module 'virtual:build' {
  const build: { commit: string; date: string };
  export default build;
}
