import { WorkerEmbedder } from '#core/search/meaning/embedder.ts';

/** Embeds texts of all lengths in the largest batches, and prints how much memory that took above what the process had, in MB. */
const resident = (): number => process.memoryUsage.rss() / 1_000_000;
const turns = Number(process.argv[2]);
const base = resident();
let most = base;
// The peak that the system reports would be that of the process that started this one.
const watch = setInterval(() => (most = Math.max(most, resident())), 5);
const embedder = new WorkerEmbedder();
const sentence = 'The thermal team keeps the battery warm during eclipse and writes down how. ';
for (const [texts, times] of [
  [8, 1],
  [8, 2],
  [1, 15],
  [1, 27],
] as const)
  for (let turn = 0; turn < turns; turn += 1)
    await embedder.embed(Array.from({ length: texts }, (_, at) => `${at} ${sentence.repeat(times)}`));
clearInterval(watch);
console.log(most - base);
await embedder.close();
