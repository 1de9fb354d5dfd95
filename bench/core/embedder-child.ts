import { WorkerEmbedder } from '#core/search/meaning/embedder.ts';

/** Embeds texts of all lengths in the largest batches, and prints how much memory that took above what the process had, in MB. */
const megabytes = (kilobytes: number): number => kilobytes / 1000;
const base = megabytes(process.resourceUsage().maxRSS);
const embedder = new WorkerEmbedder();
const sentence = 'The thermal team keeps the battery warm during eclipse and writes down how. ';
for (const [texts, times] of [
  [8, 1],
  [8, 2],
  [1, 15],
  [1, 27],
] as const)
  for (let turn = 0; turn < 5; turn += 1)
    await embedder.embed(Array.from({ length: texts }, (_, at) => `${at} ${sentence.repeat(times)}`));
console.log(megabytes(process.resourceUsage().maxRSS) - base);
await embedder.close();
