import { extractMissing } from '../documents/missing-texts.ts';
import { removeStaleParts } from '../kernel/files/contents.ts';
import { runYielding } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { meaningIndex } from './meaning/meaning-index.ts';
import { searchIndex } from './search-index.ts';

/** Updates the search index after each commit until the workspace closes. Failures are logged and retried. */
export function followCommits(services: Services): Promise<void> {
  const { feed, background, files, source, log } = services;
  // Commands can have changed texts while no window was open.
  void trainInBackground(services);
  void removeStaleParts(files, source.clock.now()).catch((error: unknown) => {
    log.warn({ error: String(error) }, 'temporary files of documents could not be removed');
  });
  return background.run(async (signal) => {
    for await (const _ of feed.follow(undefined, signal)) {
      try {
        const index = searchIndex(services);
        await runYielding(index.catchUp(), { clock: source.clock, signal });
        const extracted = await extractMissing(services, signal);
        if (extracted.length > 0)
          await runYielding(index.reindex(extracted), { clock: source.clock, signal });
        void trainInBackground(services);
      } catch (error) {
        if (!signal.aborted) log.warn({ error: String(error) }, 'search index could not be updated');
      }
    }
  });
}

/** Trains in the background, because embedding many texts takes minutes. */
async function trainInBackground(services: Services): Promise<void> {
  const meaning = meaningIndex(services);
  if (!meaning) return;
  await services.background
    .run((signal) => meaning.trainNewTexts(signal))
    .catch((error: unknown) => {
      services.log.warn({ error: String(error) }, 'texts could not be trained');
    });
}
