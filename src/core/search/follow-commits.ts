import { inTurns } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { searchIndex } from './search-index.ts';

/** Brings the search index up to each commit until the workspace is closed. What fails is logged, and tried again with the next commit or search. */
export function followCommits(services: Services): Promise<void> {
  const { feed, background, source, log } = services;
  return background.run(async (signal) => {
    for await (const _ of feed.follow(undefined, signal)) {
      try {
        await inTurns(searchIndex(services).follow(), { clock: source.clock, signal });
      } catch (error) {
        if (!signal.aborted) log.warn({ error: String(error) }, 'search index could not be updated');
      }
    }
  });
}
