import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noContacts } from '#core/analysis/collect-contacts.ts';
import { nodeKind, noNode, noLifecycle } from '#core/analysis/organisation.ts';
import type { Organisation } from '#core/analysis/organisation.ts';
import { readOrganisation } from '#core/analysis/read-organisation.ts';
import { keyOf } from '#core/analysis/draws.ts';
import { drawKeysOf } from '#core/analysis/scenarios/places.ts';
import type { DrawKeys } from '#core/analysis/scenarios/places.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { runSync } from '#core/kernel/progress.ts';
import { systemServices } from '#core/kernel/system.ts';
import { createIndexes } from '#core/model/indexes.ts';
import { openCore } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import type { Sample } from '#core/sample/fill.ts';
import { defaultEnergyLoss, usualShares } from '#shared/domain/interfaces.ts';
import { root } from '../lib/paths.ts';

/** An organisation, and what its random numbers are drawn by. */
export interface Measured {
  organisation: Organisation;
  keys: DrawKeys;
}

interface MadeTeam {
  /** The terms that each member has left; NaN for unknown. */
  terms: readonly number[];
}

export interface MadeLink {
  from: number;
  to: number;
  /** Per cent; NaN for unknown. */
  loss: number;
  /** 0 to 1. */
  documented: number;
}

/** An organisation of teams, whose members come after them, and links between teams. */
export function makeOrganisation(teams: readonly MadeTeam[], links: readonly MadeLink[]): Measured {
  const memberOf = teams.flatMap(({ terms }, team) => terms.map(() => team));
  const size = teams.length + memberOf.length;
  const organisation: Organisation = {
    kinds: Uint8Array.from({ length: size }, (_, node) =>
      node < teams.length ? nodeKind.team : nodeKind.person,
    ),
    importance: new Float64Array(size).fill(1),
    sizes: new Float64Array(size).fill(Number.NaN),
    lifecycles: new Uint8Array(size).fill(noLifecycle),
    from: Uint32Array.from(links, ({ from }) => from),
    to: Uint32Array.from(links, ({ to }) => to),
    losses: Float64Array.from(links, ({ loss }) => loss),
    documented: Float64Array.from(links, ({ documented }) => documented),
    linkImportance: new Float64Array(links.length).fill(1),
    bearerSet: new Uint32Array(links.length).fill(noNode),
    bearerSets: [],
    students: Uint32Array.from(memberOf, (_, at) => teams.length + at),
    memberOf: Uint32Array.from(memberOf),
    terms: Float64Array.from(teams.flatMap(({ terms }) => terms)),
    memberWeights: new Float64Array(memberOf.length).fill(1),
    holders: new Uint32Array(),
    heldAreas: new Uint32Array(),
    contacts: noContacts(size),
  };
  return { organisation, keys: keysFor(organisation) };
}

/** Keys by the order of the records, for an organisation whose records have no ids. */
export const keysFor = ({ kinds, from }: Organisation): DrawKeys => ({
  nodes: Uint32Array.from(kinds, (_, at) => keyOf(`node ${at}`)),
  links: Uint32Array.from(from, (_, at) => keyOf(`link ${at}`)),
});

const linkOf = (bond: string): Pick<MadeLink, 'loss' | 'documented'> => ({
  loss: defaultEnergyLoss[bond] ?? Number.NaN,
  documented: (usualShares[bond] ?? 0) / 100,
});

/** Teams in a ring, each with links to so many that follow. */
const ring = (teams: number, next: number, bondOf: (at: number) => string): MadeLink[] =>
  Array.from({ length: teams * next }, (_, at) => ({
    from: at % teams,
    to: ((at % teams) + 1 + Math.floor(at / teams)) % teams,
    ...linkOf(bondOf(at)),
  }));

/** A healthy programme: one member of each team leaves in each term, and every link is strong and written down. */
export const evenOrganisation = (teams = 8, members = 8, stay = members): Measured =>
  makeOrganisation(
    Array.from({ length: teams }, () => ({
      terms: Array.from({ length: members }, (_, at) => (at % stay) + 1),
    })),
    ring(teams, Math.floor((teams - 1) / 2), () => 'codified-strong'),
  );

const mixedBonds = ['codified-strong', 'codified-moderate', 'institutional-weak', 'codified-moderate'];
const mixedTerms = [
  [1, 2, 3, 5],
  [1, 1, 2, 6],
  [2, 2, 4, 7],
  [1, 3, 3, 4],
];

/** Small teams, of which some lose half of their members at once, and links of all bonds but fragile ones. */
export const mixedOrganisation = (): Measured =>
  makeOrganisation(
    Array.from({ length: 8 }, (_, team) => ({ terms: mixedTerms[team % mixedTerms.length] ?? [] })),
    ring(8, 2, (at) => mixedBonds[at % mixedBonds.length] as string),
  );

/** A sample as the program reads it; without one, that which comes with the program. */
export async function sampleOrganisation(sample?: Sample): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-science-'));
  try {
    const core = await openCore({
      workspace: join(folder, 'workspace'),
      ...systemServices(),
      log: silentLog,
      create: { owner: 'Science' },
      holder: { kind: 'test', label: 'science' },
      resources: join(root, 'resources'),
    });
    try {
      const given = sample === undefined ? {} : { sample };
      await fillSample(core.services, core.session(), given);
      const read = core.services.read;
      const organisation = runSync(readOrganisation({ read, ...createIndexes(read) }));
      return { organisation, keys: drawKeysOf(organisation) };
    } finally {
      await core.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
