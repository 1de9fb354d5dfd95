import { readHead } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { Services } from '../model/services.ts';
import { linkIndex } from '../network/link-index.ts';
import { followChanges } from './follow-changes.ts';
import { collectOrganisation, measuredHead } from './organisation.ts';
import type { Collected, NamedOrganisation } from './organisation.ts';

type Read = Pick<Services, 'read' | 'names' | 'singletons'>;

interface Kept extends Omit<Collected, 'organisation'> {
  organisation: NamedOrganisation;
  row: number;
}

class OrganisationCache {
  latest: Kept | null = null;
}
const createCache = (): OrganisationCache => new OrganisationCache();

const newestRow = (read: Connection): number =>
  read.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM audit_logs')?.id ?? 0;

/** The organisation of the open target, read once and then following the log. Yields to other work. */
export function* readOrganisation({
  read,
  names,
  singletons,
}: Read): Generator<number, NamedOrganisation, void> {
  const cache = singletons.get(createCache);
  const links = linkIndex({ singletons });
  for (const _ of links.readAhead()) yield 0;
  for (const done of names.readAhead()) yield done;
  for (let tries = 1; ; tries += 1) {
    const head = measuredHead(read);
    const { latest } = cache;
    if (latest?.organisation.head.hash === head.hash) return latest.organisation;
    const row = newestRow(read);
    names.refresh();
    links.refresh();
    const { organisation, ...known } =
      (latest && followChanges(latest, { read, names, links, afterRow: latest.row })) ??
      (yield* unlessTried(tries, collectOrganisation({ read, names, links })));
    // Another process may have written meanwhile.
    if (readHead(read).hash !== head.hash) continue;
    cache.latest = { ...known, organisation: { ...organisation, head }, row };
    return cache.latest.organisation;
  }
}

/** After this many tries during constant writes, it stops yielding. */
const mostTries = 3;

/** Runs steps; after some tries all at once, so that no write can happen in between. */
export function* unlessTried<R>(
  tries: number,
  steps: Generator<number, R, void>,
): Generator<number, R, void> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (tries <= mostTries) yield step.value;
  }
}
