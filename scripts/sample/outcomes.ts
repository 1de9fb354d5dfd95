import type { SampleRecord } from '#core/sample/fill.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { outcomeNotes } from './texts/outcomes.ts';
import type { SampleProject, SampleUniversity, World } from './world.ts';

/** Types of project that can succeed or fail as a mission. */
const flying: ReadonlySet<string> = new Set(['cubesat', 'jpl-contract', 'other']);

/** How the cohorts of the last five years ended, campus by campus; most programmes had more bad years than good. */
export function* outcomes(world: World): Generator<SampleRecord, void, void> {
  const dice = world.dice('outcomes');
  const year = world.now.getUTCFullYear();
  const own = new Map<SampleUniversity, SampleProject[]>();
  for (const project of world.projects) {
    if (!project.university || !flying.has(project.type)) continue;
    own.set(project.university, [...(own.get(project.university) ?? []), project]);
  }
  for (let at = 0; at < world.plan.outcomes; at++) {
    const university = world.universities[at % world.universities.length] as SampleUniversity;
    const round = Math.floor(at / world.universities.length);
    const type = vocabulary.outcome_type[(at + round) % 2] as (typeof vocabulary.outcome_type)[number];
    const success = dice.chance(type === 'mission_success' ? 0.3 : 0.45);
    const notes = outcomeNotes[type] as (typeof outcomeNotes)[string];
    const projects = own.get(university) ?? [];
    yield {
      type: 'outcome',
      id: world.idFor('out', `${university.slug}-${year - 1 - (round % 5)}`),
      payload: {
        university_id: university.id,
        project_id: type === 'mission_success' && projects.length > 0 ? dice.pick(projects).id : null,
        outcome_type: type,
        success,
        cohort_year: year - 1 - (round % 5),
        notes: dice.pick(success ? notes.good : notes.bad),
        meta: { recorded_by: dice.pick(['pi', 'faculty-advisor', 'staff']) },
      },
    };
  }
}
