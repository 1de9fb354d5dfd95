import type { SampleRecord } from '#core/sample/fill.ts';
import { universityText } from './texts/universities.ts';
import { slugOf } from './world.ts';
import type { World } from './world.ts';

/** The universities; the first leads the programme and is staffed best. */
export function* universities(world: World): Generator<SampleRecord, void, void> {
  const dice = world.dice('universities');
  for (let at = 0; at < world.plan.universities; at++) {
    const text = universityText(at);
    const id = world.idFor('univ', text.short);
    world.universities.push({
      id,
      slug: slugOf(text.short),
      weight: at === 0 ? 2 : 0.75 + dice.next() / 2,
    });
    yield {
      type: 'university',
      id,
      payload: {
        name: text.name,
        is_lead: at === 0,
        active: at < 8 || !dice.chance(0.08),
        meta: {
          short_name: text.short,
          region: text.region,
          programme_since: world.now.getUTCFullYear() - dice.int(3, 14),
        },
      },
    };
  }
}
