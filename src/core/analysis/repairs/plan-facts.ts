import { Fault } from '#shared/contract/faults.ts';
import { areasOf } from '#shared/domain/fold.ts';
import { jsonObjectIn, textIn } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { canBeEnd, referencedIds } from '#shared/domain/references.ts';
import type { TemplateNeed, authorStepOf } from '#shared/domain/repair-templates.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { locateRecord } from '../../log/records/locate.ts';
import type { LocatedRecord } from '../../log/records/locate.ts';
import { readTitle } from '../../model/titles.ts';

type FactName = TemplateNeed | 'holder' | 'successor' | 'from' | 'to';

interface FactNote {
  key: 'terms' | 'contacts' | 'folder' | 'files' | 'bearers' | 'documented' | 'members';
  values: Readonly<Record<string, string | number>>;
}

/** What the workspace says about the subjects of a repair. */
export interface PlanFacts {
  /** Titles for the placeholders of texts. A need that is not met is undefined. */
  values: Readonly<Record<FactName, string | undefined>>;
  /** Ids of the person who has the knowledge now, and of the one who learns it. */
  holder: string | undefined;
  successor: string | undefined;
  repository: string | undefined;
  notes: readonly FactNote[];
}

const itemTypes: readonly string[] = [
  'interface',
  'team',
  'project',
  'organisation',
  'repository',
  'document',
];
const personTypes: readonly string[] = ['student', 'faculty'];

/**
 * Reads the facts. A subject that is no id is the name of an area if `hasAreas`. The holder is the person among the subjects, else the bearer
 * of the link who leaves first, else the lead of the team. The successor is the member of these teams who stays and meets the holder most.
 * A step that names an author chooses the successor. Throws NOT_FOUND.
 */
export function readPlanFacts(
  db: ReadHandle,
  subjects: readonly string[],
  { hasAreas, author }: { hasAreas: boolean; author?: ReturnType<typeof authorStepOf> },
): PlanFacts {
  const { records, areas } = locateSubjects(db, subjects, hasAreas);
  const titleOf = (record: LocatedRecord | undefined): string | undefined =>
    record && (readTitle(db, record.type, record.payload) || record.id);
  const firstOf = (...types: readonly string[]) => records.find(({ type }) => types.includes(type));
  const [link, repository, person] = [firstOf('interface'), firstOf('repository'), firstOf(...personTypes)];
  const ends = link
    ? [link.payload['from'], link.payload['to']]
        .flatMap(referencedIds)
        .flatMap((id) => locateRecord(db, id) ?? [])
    : records.filter(({ type }) => canBeEnd(type));
  const team = firstOf('team') ?? (link && ends.find(({ type }) => type === 'team'));
  const members = readMembers(db, [
    ...[team, ...ends].map((record) => record?.id),
    person?.payload['team_id'],
    ...referencedIds(repository?.payload['team_ids']),
  ]);
  const givenNames = jsonObjectIn(repository?.payload['area_names']);
  const nameOfArea = (area: string): string => textIn(givenNames[area]) || area;
  const bearers = referencedIds(link?.payload['bearers']).flatMap((id) => locateRecord(db, id) ?? []);
  const lead = members.find(({ team_id, is_lead }) => is_lead === 1 && team_id === team?.id);
  const holder = person ?? firstLeaver(bearers) ?? (lead && locateRecord(db, lead.id));
  const meetings = holder ? countContacts(db, holder.id) : new Map<string, number>();
  const excluded = new Set([...records, ...bearers, ...(holder ? [holder] : [])].map(({ id }) => id));
  const named = author && locateRecord(db, author.id);
  const successor = named
    ? { id: named.id, name: titleOf(named) ?? '', terms: numberOf(named.payload['terms_remaining']) ?? null }
    : findSuccessor(
        members.filter(({ id }) => !excluded.has(id)),
        meetings,
      );
  const [holderName, successorName, teamName] = [titleOf(holder), successor?.name, titleOf(team)];
  const notes = [
    note('terms', { name: holderName, count: numberOf(holder?.payload['terms_remaining']) }),
    note('terms', { name: successorName, count: numberOf(successor?.terms) }),
    note('contacts', {
      holder: holderName,
      successor: successorName,
      count: successor && (meetings.get(successor.id) ?? 0),
    }),
    ...areas.map((area) =>
      note('folder', { area: nameOfArea(area), folder: nameOfArea(area) === area ? undefined : area }),
    ),
    note('files', { names: author?.files.join(', ') }),
    note('bearers', { names: bearers.map(titleOf).join(', ') || undefined }),
    note('documented', { count: numberOf(link?.payload['documented']) }),
    note('members', {
      team: teamName,
      count: members.filter(({ team_id }) => team_id === team?.id).length,
    }),
  ];
  return {
    values: {
      person: titleOf(person),
      team: teamName,
      link: titleOf(link),
      ends: ends.length > 1 ? '' : undefined,
      from: titleOf(ends[0]),
      to: titleOf(ends[1]),
      area: areas.map(nameOfArea).join(', ') || areaOf(person) || titleOf(repository),
      repository: titleOf(repository),
      item: titleOf(firstOf(...itemTypes)),
      holder: holderName,
      successor: successorName,
    },
    holder: holder?.id,
    successor: successor?.id,
    repository: repository?.id,
    notes: notes.filter((one) => one !== null),
  };
}

function locateSubjects(db: ReadHandle, subjects: readonly string[], hasAreas: boolean) {
  const records: LocatedRecord[] = [];
  const areas: string[] = [];
  for (const id of subjects) {
    const record = locateRecord(db, id);
    if (record && !record.deleted && !record.hidden) records.push(record);
    else if (!record && hasAreas) areas.push(id);
    else throw new Fault('NOT_FOUND', { type: record?.type ?? 'record', id });
  }
  return { records, areas };
}

/** The first area of expertise of a person. */
function areaOf(person: LocatedRecord | undefined): string | undefined {
  const text = person?.payload['expertise_area'];
  return typeof text === 'string' ? areasOf(text)[0] : undefined;
}

interface Member {
  id: string;
  name: string;
  team_id: string;
  terms: number | null;
  is_lead: number;
}

const membersQuery = `SELECT id, payload ->> '$.name' AS name, team_id, terms_remaining AS terms, is_lead FROM students
  WHERE team_id IN (SELECT value FROM json_each(?)) AND coalesce(active, 1) <> 0 AND ${visibleCondition()} ORDER BY id`;

const readMembers = (db: ReadHandle, teams: readonly (Json | undefined)[]): Member[] =>
  db.all<Member>(membersQuery, [JSON.stringify(teams.filter((id) => typeof id === 'string'))]);

const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;

const firstLeaver = (people: readonly LocatedRecord[]): LocatedRecord | undefined => {
  const termsOf = ({ payload }: LocatedRecord): number => numberOf(payload['terms_remaining']) ?? Infinity;
  return people.toSorted((a, b) => termsOf(a) - termsOf(b))[0];
};

/** A member with unknown terms counts as staying. */
const minTermsToStay = 2;

function findSuccessor(
  members: readonly Member[],
  meetings: ReadonlyMap<string, number>,
): Member | undefined {
  const termsOf = ({ terms }: Member): number => terms ?? minTermsToStay;
  const met = ({ id }: Member): number => meetings.get(id) ?? 0;
  return members
    .filter((member) => termsOf(member) >= minTermsToStay)
    .toSorted((a, b) => met(b) - met(a) || termsOf(b) - termsOf(a))[0];
}

const contactsQuery = `SELECT payload FROM contacts WHERE instr(payload, ?) > 0 AND ${visibleCondition()}`;

/** The number of contacts of a person with each other participant. */
function countContacts(db: ReadHandle, person: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const payload of db.column<string>(contactsQuery, [JSON.stringify(person)])) {
    const contact = JSON.parse(payload) as Record<string, Json>;
    const parties = new Set([contact['who'], contact['with']].flatMap((value) => referencedIds(value)));
    if (parties.has(person)) for (const id of parties) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** A fact for the notes; null if a value is unknown. */
function note(
  key: FactNote['key'],
  values: Readonly<Record<string, string | number | undefined>>,
): FactNote | null {
  return Object.values(values).includes(undefined) ? null : { key, values: values as FactNote['values'] };
}
