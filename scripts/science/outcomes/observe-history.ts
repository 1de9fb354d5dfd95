import { FramesValues } from './frames-values.ts';
import { halfYearsOf, isoDay } from './half-years.ts';
import type { HalfYear } from './half-years.ts';
import { developerId, moduleTeamId, recordsOfHalfYear } from './history-records.ts';
import type { History } from './history.ts';
import { memberships, moduleOf } from './modules.ts';
import { NetworkCounts } from './network-counts.ts';
import { minItems, randomScores } from './observations.ts';
import type { Observation, Split } from './observations.ts';
import { organisationOfRecords } from './record-workspace.ts';

/** A history with the name and the split of its rows. */
export interface NamedHistory {
  name: string;
  split: Split;
  history: History;
}

/** A module that loses members, and the files of it that these members changed. */
export interface LosingModule {
  module: string;
  leavers: readonly number[];
  files: readonly number[];
  /** Commits of the leavers in the module. */
  commits: number;
}

/** The modules of which members leave, by name. */
export function losingModules(
  { commits, developers, leavers }: HalfYear,
  paths: readonly string[],
): LosingModule[] {
  const leaversByModule = new Map<string, number[]>();
  for (const author of leavers.keys())
    for (const module of memberships(developers.get(author)?.changes ?? new Map(), paths))
      leaversByModule.set(module, [...(leaversByModule.get(module) ?? []), author]);
  return [...leaversByModule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([module, people]) => {
      const isInModule = (file: number): boolean => moduleOf(paths[file] ?? '') === module;
      const files = people.flatMap((author) => [...(developers.get(author)?.changes.keys() ?? [])]);
      return {
        module,
        leavers: people,
        files: [...new Set(files.filter(isInModule))],
        commits: commits.filter(
          ({ authors, changes }) =>
            authors.some((author) => people.includes(author)) && changes.some(({ file }) => isInModule(file)),
        ).length,
      };
    });
}

/**
 * Compares the rankings of leavers and of losing modules with what happened later, in each half-year with enough of them. `maxHalfYears`
 * limits the work to so many half-years, evenly spread.
 */
export async function observeHistory(
  { name, split, history }: NamedHistory,
  { maxHalfYears, folder }: { maxHalfYears: number; folder: string },
): Promise<Observation[]> {
  const usable = halfYearsOf(history).filter(
    (halfYear) =>
      halfYear.leavers.size >= minItems || losingModules(halfYear, history.paths).length >= minItems,
  );
  if (usable.length === 0)
    throw new Error(
      `${name} has no half-year with ${minItems} leavers, and with a year of history before and after.`,
    );
  const count = Math.min(maxHalfYears, usable.length);
  const observations: Observation[] = [];
  for (let index = 0; index < count; index++) {
    const halfYear = usable[Math.floor((index * usable.length) / count)] as HalfYear;
    for (const observation of await observeHalfYear(history, halfYear, folder))
      observations.push({ ...observation, group: name, split, unit: isoDay(halfYear.day) });
  }
  return observations;
}

type Observed = Omit<Observation, 'group' | 'split' | 'unit'>;

async function observeHalfYear(history: History, halfYear: HalfYear, folder: string): Promise<Observed[]> {
  const sample = recordsOfHalfYear(history, halfYear);
  const organisation = await organisationOfRecords(sample, { now: halfYear.day * 86_400_000, folder });
  const frames = new FramesValues(organisation);
  const network = new NetworkCounts(organisation, sample.records);
  const { paths } = history;
  return [
    observeLeavers(halfYear, { frames, network, paths }),
    observeModules(halfYear, { frames, network, paths }),
  ].filter(({ scores }) => (scores.FRAMES?.length ?? 0) >= minItems);
}

interface Measures {
  frames: FramesValues;
  network: NetworkCounts;
  paths: readonly string[];
}

const modulesTouched = (files: Iterable<number>, paths: readonly string[]): number =>
  new Set(Array.from(files, (file) => moduleOf(paths[file] ?? ''))).size;

function observeLeavers(halfYear: HalfYear, { frames, network, paths }: Measures): Observed {
  const { day, developers, leavers } = halfYear;
  const people = [...leavers].map(([author, aftermath]) => ({
    id: developerId(author),
    commits: developers.get(author)?.commits ?? 0,
    files: [...(developers.get(author)?.changes.keys() ?? [])],
    aftermath,
  }));
  return {
    target: 'people',
    scores: {
      FRAMES: people.map(({ id }) => frames.valueOf(id)),
      commits: people.map(({ commits }) => commits),
      'modules touched': people.map(({ files }) => modulesTouched(files, paths)),
      'links carried': people.map(({ id }) => network.linksNaming([id])),
      degree: people.map(({ id }) => network.peopleMet(id)),
      'degree × members': people.map(({ id }) => network.teamsLinkedToOwn(id)),
      betweenness: people.map(({ id }) => network.betweennessOf(id)),
      contacts: people.map(({ id }) => network.contactsOf([id])),
      'files changed': people.map(({ files }) => files.length),
      random: randomScores(people.length, day),
    },
    outcomes: {
      untouched: people.map(({ aftermath }) => aftermath.untouched),
      untouchedShare: people.map(({ aftermath }) => aftermath.untouchedShare),
      orphaned: people.map(({ aftermath }) => aftermath.orphaned),
      delay: people.map(({ aftermath }) => aftermath.delay),
    },
  };
}

function observeModules(halfYear: HalfYear, { frames, network, paths }: Measures): Observed {
  const { day, developers, laterChanges } = halfYear;
  const modules = losingModules(halfYear, paths).map(({ module, leavers, ...others }) => ({
    ...others,
    team: moduleTeamId(module),
    leavers,
    people: leavers.map(developerId),
  }));
  const filesOf = (leavers: readonly number[]): number[] =>
    leavers.flatMap((author) => [...(developers.get(author)?.changes.keys() ?? [])]);
  return {
    target: 'teams',
    scores: {
      FRAMES: modules.map(({ people }) => frames.valueTogether(people)),
      commits: modules.map(({ commits }) => commits),
      'modules touched': modules.map(({ leavers }) => modulesTouched(filesOf(leavers), paths)),
      'links carried': modules.map(({ people }) => network.linksNaming(people)),
      degree: modules.map(({ team }) => network.linkedTeams(team)),
      'degree × members': modules.map(({ team, people }) => network.linkedTeams(team) * people.length),
      betweenness: modules.map(({ team }) => network.betweennessOf(team)),
      contacts: modules.map(({ people }) => network.contactsOf(people)),
      'files changed': modules.map(({ files }) => files.length),
      random: randomScores(modules.length, day + 1),
    },
    outcomes: {
      untouched: modules.map(({ files }) => files.filter((file) => !laterChanges.has(file)).length),
    },
  };
}
