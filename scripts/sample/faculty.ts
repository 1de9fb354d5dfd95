import type { SampleRecord } from '#core/sample/fill.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { apportion } from './plan.ts';
import { personName } from './people.ts';
import { doctors, facultyTexts, firstRoles, roleWeights } from './texts/faculty.ts';
import type { FacultyRole } from './texts/faculty.ts';
import { days, handoverMonths } from './texts/links.ts';
import { fillIn } from './world.ts';
import type { World } from './world.ts';

/** Faculty, staff and mentors. Ids say nothing of the person: an id stays in the history for ever. */
export function* faculty(world: World): Generator<SampleRecord, void, void> {
  const dice = world.dice('faculty');
  const counts = apportion(
    world.plan.faculty,
    world.universities.map(({ weight }) => weight),
    2,
  );
  const descriptions = Object.fromEntries(
    vocabulary.faculty_role.map((role) => [role, dice.deck(facultyTexts[role])]),
  ) as Record<FacultyRole, () => string>;
  for (const [at, university] of world.universities.entries()) {
    for (let place = 0; place < (counts[at] ?? 0); place++) {
      const role = firstRoles[place] ?? dice.weighted(roleWeights);
      const name = personName(dice);
      const id = world.idFor('fac', `${university.slug}-${String(place + 1).padStart(2, '0')}`);
      world.faculty.push({ id, university });
      yield {
        type: 'faculty',
        id,
        payload: {
          name: doctors.has(role) ? `Dr. ${name}` : name,
          university_id: university.id,
          role,
          description: fillIn(descriptions[role](), {
            day: dice.pick(days),
            month: dice.pick(handoverMonths),
          }),
          meta: { on_campus: !role.endsWith('mentor') },
        },
      };
    }
  }
}
