import { newestLogRow, readHead } from '../log/audit/head.ts';
import { retryOnChange } from '../log/retry-on-change.ts';
import type { Services } from '../model/services.ts';
import { linkIndex } from '../network/link-index.ts';
import { applyChanges } from './update-changes.ts';
import { collectOrganisation } from './collect-organisation.ts';
import { readMeasuredHead } from './organisation.ts';
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
  return yield* retryOnChange(read, function* () {
    const head = readMeasuredHead(read);
    const { latest } = cache;
    if (latest?.organisation.head.hash === head.hash) return latest.organisation;
    const row = newestLogRow(read);
    names.refresh();
    links.refresh();
    const today = (head.at ?? '').slice(0, 10);
    const { organisation, ...state } =
      (latest && applyChanges(latest, { read, names, links, afterRow: latest.lastRow, today })) ??
      (yield* collectOrganisation({ read, names, links, today }));
    const named = { ...organisation, head };
    // An organisation that was read during a write belongs to neither head.
    if (readHead(read).hash === head.hash) cache.latest = { ...state, organisation: named, lastRow: row };
    return named;
  });
}
