import type { Sample, SampleRecord } from '#core/sample/fill.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import { contacts } from './contacts.ts';
import { comments, documents } from './documents.ts';
import { riskFactors } from './factors.ts';
import { faculty } from './faculty.ts';
import { interfaces } from './interfaces.ts';
import { outcomes } from './outcomes.ts';
import { samplePlans } from './plan.ts';
import type { SampleSize } from './plan.ts';
import { projects } from './projects.ts';
import { students } from './students.ts';
import { teams } from './teams.ts';
import { universities } from './universities.ts';
import { repairs } from './repairs.ts';
import { createWorld } from './world.ts';
import type { SampleOptions } from './world.ts';

/**
 * A made-up world of university space programmes: every record comes after those that it refers to. Names, places and
 * stories are invented. It is made while it is read and keeps no payload in memory.
 */
export function* generateSample(options: SampleOptions): Generator<SampleRecord, void, void> {
  const world = createWorld(options);
  yield* universities(world);
  yield* projects(world);
  yield* teams(world);
  yield* faculty(world);
  yield* students(world);
  yield* interfaces(world);
  yield* outcomes(world);
  yield* riskFactors();
  yield* contacts(world);
  yield* repairs(world);
  yield* documents(world);
  yield* comments(world);
}

/** How many records `generateSample` gives for a size: four risk factors and two models come to what is planned. */
export function sampleTotal(size: SampleSize): number {
  const { sharedProjects: _, ...planned } = samplePlans[size];
  return sumOf(planned) + 6;
}

/** The moment around which cohort years and graduation terms lie in what comes with the program. */
export const sampleMoment = Date.parse('2026-11-20T09:00:00.000Z');

/** A generated sample as `fillSample` takes it. */
export const generated = (options: SampleOptions): Sample => ({
  size: options.size,
  seed: options.seed,
  total: sampleTotal(options.size),
  records: generateSample(options),
});

/** A sample in the interchange form, one record a line: a list for each type, in the order in which they are written. */
export function sampleJson(options: SampleOptions): string {
  const lines = new Map<string, string[]>(entityTypes.map((type) => [type, []]));
  for (const { type, id, payload } of generateSample(options))
    lines.get(type)?.push(`    ${JSON.stringify({ id, ...payload })}`);
  const lists = entityTypes
    .filter((type) => lines.get(type)?.length)
    .map((type) => `  "${tableOf[type]}": [\n${lines.get(type)?.join(',\n')}\n  ]`);
  return `{\n${lists.join(',\n')}\n}\n`;
}
