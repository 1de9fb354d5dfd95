import type { AreaRisk } from '#shared/contract/maps.ts';
import type { CodeMap } from '#shared/contract/code-maps.ts';
import { textIn } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { readMaps } from '../../code-maps/map-documents.ts';
import { activeAuthors, orphanShare } from '../../code-maps/orphans.ts';
import type { OrphanShare, Presence } from '../../code-maps/orphans.ts';
import { matchAuthors } from '../../code-maps/people.ts';
import type { KnownPerson } from '../../code-maps/people.ts';
import { describeAreas } from '../../code-maps/show-map.ts';
import { locateIn } from '../../log/records/locate.ts';
import type { Services } from '../../model/services.ts';
import { leavesWithin } from '../questions/leavers.ts';
import { leavingHorizon } from '../questions/leaving-groups.ts';
import { chooseSecondAuthor } from './second-author.ts';
import type { SecondAuthor } from './second-author.ts';

/** An area of code, and who would still know it when people leave by the end of the next term. */
export interface MeasuredArea extends Omit<AreaRisk, 'files' | 'today' | 'later' | 'unknown'> {
  university: string | null;
  /** With the people who are here now. */
  today: OrphanShare;
  /** Without the people who leave by the end of the next term. */
  later: OrphanShare;
  /** People who leave and know files that nobody else knows. */
  leavers: readonly KnownPerson[];
  successors: readonly KnownPerson[];
  /** A person who stays and could learn some of the orphaned files; null if there is none. */
  secondAuthor: SecondAuthor | null;
}

/** Whether a person still is here after the next term. Members of faculty stay; a student without terms may. */
function presenceLater({ isPresent, type, terms }: KnownPerson): Presence {
  if (!isPresent) return 'leaves';
  if (type === 'faculty') return 'stays';
  if (terms === null) return 'unknown';
  return leavesWithin(terms, leavingHorizon) ? 'leaves' : 'stays';
}

/** The areas of all maps. */
export async function readAreaRisks(
  services: Pick<Services, 'files' | 'read' | 'singletons'>,
): Promise<MeasuredArea[]> {
  const risks: MeasuredArea[] = [];
  for (const { repository: id, map } of await readMaps(services)) {
    const record = locateIn(services.read, 'repository', id);
    if (record && !record.deleted && !record.hidden)
      risks.push(...risksOfMap(services, { id, payload: record.payload }, map));
  }
  return risks;
}

function risksOfMap(
  { read }: Pick<Services, 'read'>,
  { id, payload }: { id: string; payload: JsonObject },
  map: CodeMap,
): MeasuredArea[] {
  const repository = { id, type: 'repository', title: textIn(payload['name']) } as const;
  const matched = matchAuthors(read, id, map);
  const { people } = matched;
  const active = activeAuthors(map);
  const laterOf = (author: number): Presence => {
    const person = people[author];
    return person ? presenceLater(person) : 'unknown';
  };
  const todayOf = (author: number): Presence => {
    const person = people[author];
    return person ? (person.isPresent ? 'stays' : 'leaves') : 'unknown';
  };
  const mayStay = (author: number): boolean => people[author] != null || active[author] === true;
  const filesByArea = Map.groupBy(map.files, ({ area }) => area);
  return describeAreas(read, map, payload, matched).map(({ key, title, team, bus_factor }, index) => {
    const files = filesByArea.get(index) ?? [];
    const [today, later] = [todayOf, laterOf].map((presence) => orphanShare(files, presence, mayStay)) as [
      OrphanShare,
      OrphanShare,
    ];
    const orphanedToday = new Set(today.orphans);
    const orphanedLater = new Set(later.orphans);
    const lost = files.filter(({ path }) => orphanedLater.has(path) && !orphanedToday.has(path));
    const isNamed = (person: KnownPerson | null | undefined): person is KnownPerson => person != null;
    const peopleOf = (authors: Iterable<number>): KnownPerson[] => [
      ...new Set([...authors].map((author) => people[author]).filter(isNamed)),
    ];
    return {
      repository,
      university: textIn(payload['university_id']) || null,
      key,
      title,
      team,
      bus_factor,
      today,
      later,
      leavers: peopleOf(lost.flatMap(({ authors, recent }) => [...authors, ...recent])).filter(
        (person) => person.isPresent && presenceLater(person) === 'leaves',
      ),
      successors: peopleOf(later.successors),
      secondAuthor: chooseSecondAuthor(map, index, {
        orphans: files.filter(({ path }) => orphanedLater.has(path)),
        stays: (author) => laterOf(author) === 'stays',
        people,
      }),
    };
  });
}

/** An area for display; without files of known authors its shares are 0. */
export const toAreaRisk = ({ today, later, ...area }: MeasuredArea): AreaRisk => ({
  ...area,
  files: later.files,
  today: (today.share ?? 0) / 100,
  later: (later.share ?? 0) / 100,
  unknown: (later.unknown ?? 0) / 100,
});
