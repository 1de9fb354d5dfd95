/** The largest file that is read, in bytes (256 MB: some 800,000 records). A larger one is refused before it is read. */
export const largestFile = 256 * 1024 * 1024;

/** How many problems a preview lists; all are counted. */
export const listedProblems = 1000;

/** How many problems are remembered for the map of an import; all are counted. */
export const rememberedProblems = 100_000;
