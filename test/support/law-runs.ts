/**
 * With how many histories a law is tried: as many as `LAW_RUNS` says, else `usual`. Each run of the tests draws others, so that few of them find as much in a
 * week as many do in one run.
 */
export const lawRuns = (usual: number): number => Number(process.env['LAW_RUNS'] ?? usual);
