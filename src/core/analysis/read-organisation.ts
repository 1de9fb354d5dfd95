import { newestLogRow, readHead } from '../log/audit/head.ts';
import type { Services } from '../model/services.ts';
import { linkIndex } from '../network/link-index.ts';
import { applyChanges } from './update-changes.ts';
import { collectOrganisation, readMeasuredHead } from './organisation.ts';
import type { OrganisationState, NamedOrganisation } from './organisation.ts';

type ReadServices = Pick<Services, 'read' | 'names' | 'singletons'>;

interface CachedOrganisation extends Omit<OrganisationState, 'organisation'> {
  organisation: NamedOrganisation;
  lastRow: number;
}

class OrganisationCache {
  latest: CachedOrganisation | null = null;
}
const createCache = (): OrganisationCache => new OrganisationCache();

/** The organisation of the open target: read once, then updated from the log. Yields to other work. */
export function* readOrganisation({
  read,
  names,
  singletons,
}: ReadServices): Generator<number, NamedOrganisation, void> {
  const cache = singletons.get(createCache);
  const links = linkIndex({ singletons });
  for (const _ of links.readAhead()) yield 0;
  for (const done of names.readAhead()) yield done;
  for (let tries = 1; ; tries += 1) {
    const head = readMeasuredHead(read);
    const { latest } = cache;
    if (latest?.organisation.head.hash === head.hash) return latest.organisation;
    const row = newestLogRow(read);
    names.refresh();
    links.refresh();
    const { organisation, ...state } =
      (latest && applyChanges(latest, { read, names, links, afterRow: latest.lastRow })) ??
      (yield* yieldInFirstTries(tries, collectOrganisation({ read, names, links })));
    // Another process can have written in the meantime.
    if (readHead(read).hash !== head.hash) continue;
    cache.latest = { ...state, organisation: { ...organisation, head }, lastRow: row };
    return cache.latest.organisation;
  }
}

/** After this many tries during constant writes, steps run without yielding. */
const maxYieldingTries = 3;

/** Runs steps. Yields in the first tries; after them all steps run at once, so that no write can happen in between. */
export function* yieldInFirstTries<R>(
  tries: number,
  steps: Generator<number, R, void>,
): Generator<number, R, void> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (tries <= maxYieldingTries) yield step.value;
  }
}
