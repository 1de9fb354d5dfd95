import type { SampleRecord } from '#core/sample/fill.ts';
import { apportion } from './plan.ts';
import { missionNames, missionQualifiers, ownProjects, sharedProjects } from './texts/projects.ts';
import type { ProjectText } from './texts/projects.ts';
import { fillIn } from './world.ts';
import type { SampleProject, SampleUniversity, World } from './world.ts';

/** Hands out mission names: each once, then each with every qualifier, and should that not do, with a number. */
function missions(names: readonly string[], qualifiers: readonly string[]): () => string {
  let given = 0;
  return () => {
    const round = Math.floor(given / names.length);
    const name = names[given++ % names.length] as string;
    if (round === 0) return name;
    const qualifier = qualifiers[round - 1];
    return qualifier ? `${qualifier} ${name}` : `${name} ${round + 1}`;
  };
}

/** Shared projects first, then those of each university. */
export function* projects(world: World): Generator<SampleRecord, void, void> {
  const dice = world.dice('projects');
  const nextMission = missions(dice.shuffled(missionNames), dice.shuffled(missionQualifiers));
  const { plan } = world;

  const record = (text: ProjectText, university: SampleUniversity | null): SampleRecord => {
    const named = text.name.includes('{mission}');
    const mission = named ? nextMission() : text.name;
    const name = fillIn(text.name, { mission });
    const id = world.idFor('proj', name);
    const project: SampleProject = { id, mission, type: text.type, trades: text.trades, university };
    world.projects.push(project);
    return {
      type: 'project',
      id,
      payload: {
        name,
        university_id: university?.id ?? null,
        type: text.type,
        duration_months: dice.int(text.months[0] / 2, text.months[1] / 2) * 2,
        is_collaborative: university === null,
        description: text.description,
        meta: { started: `${world.now.getUTCFullYear() - dice.int(0, 2)}-${dice.pick(['01', '08', '09'])}` },
      },
    };
  };

  for (let at = 0; at < plan.sharedProjects; at++) {
    yield record((sharedProjects[at] ?? sharedProjects[2 + (at % 2)]) as ProjectText, null);
  }
  const weights = world.universities.map(({ weight }) => weight);
  const counts = apportion(plan.projects - plan.sharedProjects, weights, 1);
  let handedOut = 0;
  for (const [at, university] of world.universities.entries()) {
    for (let own = 0; own < (counts[at] ?? 0); own++) {
      yield record(ownProjects[handedOut++ % ownProjects.length] as ProjectText, university);
    }
  }
}
