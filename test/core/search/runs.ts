/** How many times as long the tests of search run: `npm run test:search` sets it. */
export const searchRuns = Number(process.env['SEARCH_RUNS'] ?? 1);

/** Prints a figure in the long run. */
export function report(line: string): void {
  if (searchRuns > 1) console.log(line);
}
