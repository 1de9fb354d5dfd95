import type { SampleRecord } from '#core/sample/fill.ts';
import { commentTexts, documentTexts } from './texts/documents.ts';
import type { SampleTeam, World } from './world.ts';
import { fillIn, slugOf } from './world.ts';

/** Documents at web addresses, each about a team and its project. */
export function* documents(world: World): Generator<SampleRecord, void, void> {
  for (let at = 0; at < world.plan.documents; at++) {
    const { name, description } = documentTexts[at % documentTexts.length] as (typeof documentTexts)[number];
    const team = world.teams[(at * 7) % world.teams.length] as SampleTeam;
    const title = fillIn(name, { team: team.kind.name });
    yield {
      type: 'document',
      id: world.idFor('doc', title),
      payload: {
        name: title,
        university_id: team.university.id,
        record_ids: [team.id, ...(team.project ? [team.project.id] : [])],
        url: `https://wiki.example.org/${team.university.slug}/${slugOf(title)}`,
        description,
      },
    };
  }
}

/** Comments on teams; the last of them is resolved. */
export function* comments(world: World): Generator<SampleRecord, void, void> {
  const { comments: count } = world.plan;
  for (let at = 0; at < count; at++) {
    const { text, author } = commentTexts[at % commentTexts.length] as (typeof commentTexts)[number];
    const team = world.teams[(at * 7) % world.teams.length] as SampleTeam;
    const member = world.members.get(team)?.[0];
    yield {
      type: 'comment',
      id: world.idFor('comment', String(at + 1)),
      payload: {
        record_id: team.id,
        text,
        author,
        university_id: team.university.id,
        resolved: at === count - 1,
        ...(at % 3 === 0 && member !== undefined && { mentions: [member] }),
      },
    };
  }
}
