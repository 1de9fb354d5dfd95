import { FramesValues } from './frames-values.ts';
import { NetworkCounts } from './network-counts.ts';
import { randomScores } from './observations.ts';
import type { Observation, Split } from './observations.ts';
import { organisationOfRecords } from './record-workspace.ts';
import { personId, recordsOfWorld, teamId, worldTime } from './world-records.ts';
import { makeWorld } from './world/agent-world.ts';
import type { WorldKind } from './world/organisation.ts';
import type { Recording } from './world/recording.ts';

export const worldKinds: readonly WorldKind[] = ['neighbours', 'brokers'];
export const recordings: readonly Recording[] = ['full', 'half', 'few-bearers'];

const recordingNames: Readonly<Record<Recording, string>> = {
  full: 'full records',
  half: 'half of the records',
  'few-bearers': 'few bearers named',
};

export const worldGroup = (kind: WorldKind, recording: Recording): string =>
  `world of ${kind}, ${recordingNames[recording]}`;

/** Worlds of these seeds and later ones were not looked at while the model was chosen. */
export const firstHeldSeed = 1001;
export const splitOfSeed = (seed: number): Split => (seed >= firstHeldSeed ? 'held' : 'chosen by');

/** Compares the rankings of all people and teams of a world, in each of its recordings, with the losses that their departures cause. */
export async function observeWorld(kind: WorldKind, seed: number, folder: string): Promise<Observation[]> {
  const world = makeWorld(kind, seed);
  const truth = world.truth();
  const observations: Observation[] = [];
  for (const recording of recordings) {
    const recorded = world.record(recording);
    const sample = recordsOfWorld(recorded, seed);
    const organisation = await organisationOfRecords(sample, { now: worldTime, folder });
    const frames = new FramesValues(organisation);
    const network = new NetworkCounts(organisation, sample.records);
    const base = { group: worldGroup(kind, recording), split: splitOfSeed(seed), unit: `seed ${seed}` };
    const people = recorded.people.map(({ areas }, person) => ({ id: personId(person), areas }));
    const teams = recorded.teams.map((_, team) => {
      const members = [...recorded.people.keys()].filter((person) => recorded.people[person]?.team === team);
      return {
        id: teamId(team),
        members: members.map(personId),
        areas: new Set(members.flatMap((person) => recorded.people[person]?.areas ?? [])),
      };
    });
    observations.push(
      {
        ...base,
        target: 'people',
        scores: {
          FRAMES: people.map(({ id }) => frames.valueOf(id)),
          'links carried': people.map(({ id }) => network.linksNaming([id])),
          degree: people.map(({ id }) => network.peopleMet(id)),
          'degree × members': people.map(({ id }) => network.teamsLinkedToOwn(id)),
          betweenness: people.map(({ id }) => network.betweennessOf(id)),
          contacts: people.map(({ id }) => network.contactsOf([id])),
          areas: people.map(({ areas }) => areas.length),
          random: randomScores(people.length, 2 * seed),
        },
        outcomes: { loss: truth.people },
      },
      {
        ...base,
        target: 'teams',
        scores: {
          FRAMES: teams.map(({ id }) => frames.valueOf(id)),
          'links carried': teams.map(({ members }) => network.linksNaming(members)),
          degree: teams.map(({ id }) => network.linkedTeams(id)),
          'degree × members': teams.map(({ id, members }) => network.linkedTeams(id) * members.length),
          betweenness: teams.map(({ id }) => network.betweennessOf(id)),
          contacts: teams.map(({ members }) => network.contactsOf(members)),
          areas: teams.map(({ areas }) => areas.size),
          random: randomScores(teams.length, 2 * seed + 1),
        },
        outcomes: { loss: truth.teams },
      },
    );
  }
  return observations;
}
