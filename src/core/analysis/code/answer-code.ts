import type { Answer, Insight, Intervention, Reason } from '#shared/contract/analysis.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { readMaps } from '../../code-maps/map-documents.ts';
import { namedPerson } from '../../code-maps/show-map.ts';
import type { Services } from '../../model/services.ts';
import { sentenceOf } from '../questions/sentences.ts';
import { readAreaRisks } from './area-risks.ts';
import type { MeasuredArea } from './area-risks.ts';

/** An area with a smaller orphan share needs no attention: a few files that nobody changes any more are usual. */
const minShare = 0.2;

interface CodeRequest {
  university: string | null;
  limit: number;
  /** Whether people may be named; otherwise they are counted. */
  rankPeople: boolean;
}

/** The areas of code that people who leave by the end of the next term orphan, the largest share first. */
export async function answerCode(
  services: Services,
  { university, limit, rankPeople }: CodeRequest,
): Promise<Pick<Answer, 'items' | 'ranked' | 'judged' | 'unknown'>> {
  const risks = (await readAreaRisks(services)).filter(
    (risk) => university === null || risk.university === university,
  );
  const shareOf = ({ later }: MeasuredArea): number => (later.share ?? 0) / 100;
  const ranked = risks
    .filter((risk) => shareOf(risk) >= minShare)
    .toSorted((a, b) => shareOf(b) - shareOf(a) || b.later.files - a.later.files);
  const mapped = (await readMaps(services)).map(({ repository }) => repository);
  const unmapped = services.read.get<{ count: number }>(
    `SELECT count(*) AS count FROM repositories WHERE ${visibleCondition()} AND (:university IS NULL OR university_id = :university)
      AND id NOT IN (SELECT value FROM json_each(:mapped))`,
    { university, mapped: JSON.stringify(mapped) },
  );
  return {
    items: ranked.slice(0, limit).map((risk) => describe(services, risk, rankPeople)),
    ranked: ranked.length,
    judged: risks.length,
    unknown: unmapped?.count ?? 0,
  };
}

function describe({ names }: Services, risk: MeasuredArea, namesPeople: boolean): Insight {
  const { repository, university, key, title, team, today, later, leavers, successors } = risk;
  const because: Reason = {
    code: 'code_area',
    params: {
      area: title,
      folder: key,
      files: later.files,
      orphans: later.orphans.length,
      today: today.orphans.length,
      unknown: Math.round(later.unknown ?? 0),
      leaving: leavers.length,
      successors: successors.length,
      bus_factor: risk.bus_factor?.exact ?? risk.bus_factor?.greedy ?? 0,
      ...(namesPeople && {
        leavers: leavers.map(({ name }) => name).join(', '),
        people: successors.map(({ name }) => name).join(', '),
      }),
    },
  };
  const people = namesPeople ? [...leavers, ...successors].map(namedPerson) : [];
  const records = [...(team ? [team] : []), ...people, repository];
  return {
    id: repository.id,
    type: 'repository',
    title: `${repository.title}: ${title}`,
    alike: 1,
    university: university === null ? null : names.title(university),
    value: (later.share ?? 0) / 100,
    confidence: null,
    in_top: null,
    reason: sentenceOf(because),
    because,
    records,
    record_count: records.length,
    interventions: secondAuthorOf(risk, namesPeople),
  };
}

function secondAuthorOf(
  { repository, key, title, later, secondAuthor }: MeasuredArea,
  namesPeople: boolean,
): Intervention[] {
  if (!secondAuthor) return [];
  const { person, files } = secondAuthor;
  const code = 'second_author';
  const params = {
    from: namesPeople ? person.name : '',
    area: title,
    count: files.length,
    files: files.join(' · '),
  };
  return [
    {
      title: sentenceOf({ code, params }),
      code,
      params,
      value: (later.orphans.length - files.length) / later.files,
      changes: [{ do: 'author', id: person.id, repository: repository.id, area: key, files: [...files] }],
    },
  ];
}
