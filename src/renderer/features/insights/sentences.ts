import { isUncertain, shareError } from '#shared/domain/confidence.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { say } from '../../i18n/setup.ts';
import { dayText, numberFormatter } from '../../text/formats.ts';
import { localDay } from '../../text/local-day.ts';
import { capitalised, choiceName, lookUp } from '../../text/names.ts';

const oneDecimal = numberFormatter({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const noDecimals = numberFormatter({ maximumFractionDigits: 0 });
const upToOneDecimal = numberFormatter({ maximumFractionDigits: 1 });

/** A share in per cent without the sign, with one decimal below 10: `0`, `9.3`, `54`. */
export const percentDigits = (share: number): string => {
  const percent = 100 * share;
  const isSmall = percent !== 0 && Math.abs(percent) < 9.95;
  return isSmall ? oneDecimal(percent) : noDecimals(percent);
};

const twoDecimals = numberFormatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A total, contribution or risk from 0 to 1: `0.75`. */
export const totalText = (total: number): string => twoDecimals(total);

export const percentText = (share: number): string => `${percentDigits(share)}\u00a0%`;

/** The value of an item: gains have a sign; '' for records that left or joined. */
export function valueText({ value, because: { code } }: Insight): string {
  if (code === 'left' || code === 'joined') return '';
  return code === 'weak' ? `+${percentText(value)}` : percentText(value);
}

/** The effect of a repair: the value before and after, or the gain. */
export function effectText(item: Insight, valueAfter: number): string {
  const { value, because } = item;
  if (because.code === 'weak') return `+${percentText(value - valueAfter)}`;
  return say('insights:fromTo', { before: percentText(value), after: percentText(valueAfter) });
}

/** The title of an item: interchangeable records are named together. */
export function titleText({ title, alike, because: { code, params } }: Insight): string {
  if (alike === 1) return title;
  return code === 'member'
    ? say('insights:alike.member', { count: alike, team: String(params['team']) })
    : say('insights:alike.other', { count: alike, title });
}

/** Parameters of sentences about reasons and repairs. Each code uses some of them, which core sends with the code. */
export type Params = Record<
  | 'after'
  | 'area'
  | 'bearers'
  | 'before'
  | 'chance'
  | 'expected'
  | 'from'
  | 'later'
  | 'leaving'
  | 'links'
  | 'members'
  | 'now'
  | 'people'
  | 'soon'
  | 'team'
  | 'to'
  | 'undocumented',
  string | number
>;

const roundedParams: readonly string[] = ['now', 'later', 'before', 'after', 'loss'];

const formatParams = (params: Insight['because']['params']): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (roundedParams.includes(name)) return [name, noDecimals(Number(value))];
      return [name, name === 'expected' ? upToOneDecimal(Number(value)) : value];
    }),
  ) as Params;

/** A link by its bond within a sentence: "a fragile, temporary link"; '' without a bond. */
export function linkText(bond: unknown): string {
  if (typeof bond !== 'string' || bond === '') return '';
  return lookUp(`insights:link.${bond}`) ?? say('insights:link.other', { bond: choiceName(bond) });
}

/** The reason of an item, with the areas of expertise that nobody else has. A heading already says who leaves soon. */
export function reasonText(insight: Insight, withWhoLeaves = true): string {
  const areas = Number(insight.because.params['areas'] ?? 0);
  const isUnusual = Number(insight.because.params['unusual'] ?? 0) === 1;
  const { code, params } = insight.because;
  const neededBy = params['needed_by'];
  // The title of an item about a gap is what needs the area.
  const isNeeded = neededBy !== undefined && !code.startsWith('needed_');
  return [
    ...(withWhoLeaves ? [leavingReason(insight)] : []),
    mainReasonText(insight),
    ...(isUnusual ? [say('insights:reason.unusual')] : []),
    ...(isNeeded ? [say('insights:reason.neededBy', { needed: String(neededBy) })] : []),
    ...(areas === 0 ? [] : [say('insights:reason.onlyAreas', { count: areas })]),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Reasons of departures that say who leaves, before the links. */
const leavingCodes = [
  'leaving_team',
  'leaving_team_now',
  'leaving_team_next',
  'leaving_person',
  'leaving_person_now',
  'leaving_unknown',
  'leaving_unknown_team',
] as const;

/** Who leaves soon; '' for other answers. */
function leavingReason({ because: { code, params } }: Insight): string {
  const leavingCode = leavingCodes.find((one) => one === code);
  return leavingCode === undefined ? '' : say(`insights:reason.${leavingCode}`, formatParams(params));
}

function mainReasonText({ type, because: { code, params } }: Insight): string {
  const values = formatParams(params);
  const linkPhrase = linkText(params['bond']);
  if (leavingCodes.some((one) => one === code))
    return say('insights:reason.person', { ...values, count: Number(params['links']) });
  switch (code) {
    case 'team':
      return say(`insights:reason.${params['leaving'] === 0 ? 'person' : 'team'}`, {
        ...values,
        count: Number(params['links']),
      });
    case 'person':
      return say('insights:reason.person', { ...values, count: Number(params['links']) });
    case 'team_unlisted':
      return say('insights:reason.team_unlisted', { ...values, count: Number(params['links']) });
    case 'member': {
      const colleagues = Number(params['colleagues']);
      return say(`insights:reason.${colleagues === 0 ? 'only' : 'member'}`, {
        ...values,
        members: colleagues + 1,
      });
    }
    case 'in_heads':
      return say(linkPhrase === '' ? 'insights:reason.in_headsUnbonded' : 'insights:reason.in_heads', {
        link: capitalised(linkPhrase),
        count: Number(params['bearers']),
      });
    case 'weak':
      return say(linkPhrase === '' ? 'insights:reason.weakUnbonded' : 'insights:reason.weak', {
        ...values,
        link: linkPhrase,
      });
    case 'leave_together':
      return say('insights:reason.leave_together', { ...values, count: Number(params['within']) });
    case 'only_holder':
      return say(type === 'team' ? 'insights:reason.team_holder' : 'insights:reason.only_holder', values);
    case 'only_holder_terms':
      return say(
        type === 'team' ? 'insights:reason.team_holder_terms' : 'insights:reason.only_holder_terms',
        {
          ...values,
          count: Number(params['terms']),
        },
      );
    case 'code_area':
      return codeReason(params);
    case 'needed_nobody':
    case 'needed_leaving_now':
    case 'needed_leaving_next':
    case 'leaving_link':
    case 'bearers_leave':
    case 'unrated':
    case 'left':
    case 'joined':
    case 'link_new':
    case 'link_gone':
    case 'weaker':
    case 'stronger':
      return say(`insights:reason.${code}`, values);
    default:
      return '';
  }
}

/** Which files of an area are orphaned, by whose departure, and who can take over. People are named or counted. */
function codeReason(params: Insight['because']['params']): string {
  const { orphans, today, files, unknown, leaving, leavers, successors, people, bus_factor: factor } = params;
  const leavingCount = Number(leaving);
  const leavingText =
    leavers === undefined
      ? say('insights:reason.code_leaving', { count: leavingCount })
      : say('insights:reason.code_leavers', { names: String(leavers), count: leavingCount });
  const successorText =
    people === undefined
      ? say('insights:reason.code_successors_count', { count: Number(successors) })
      : say('insights:reason.code_successors', { names: String(people) });
  return [
    say('insights:reason.code_files', {
      orphans: noDecimals(Number(orphans)),
      today: noDecimals(Number(today)),
      count: Number(files),
    }),
    ...(Number(unknown) === 0 ? [] : [say('insights:reason.code_unknown', { unknown: Number(unknown) })]),
    ...(leavingCount === 0 ? [] : [leavingText]),
    Number(successors) === 0 ? say('insights:reason.code_nobody') : successorText,
    say('insights:reason.code_factor', { factor: Number(factor) }),
  ].join(' · ');
}

/** "High confidence · top 10 in 94 % of 300 stress tests". Null without stress tests. */
export function confidenceText({ runs, top }: Pick<Answer, 'runs' | 'top'>, item: Insight): string | null {
  const { confidence, in_top: inTop } = item;
  if (confidence === null || inTop === null) return null;
  // One of the largest is among them at least as often as it keeps its rank; others are it at most as often.
  const share = Math.max(confidence, inTop);
  const error = shareError(share, runs);
  const params = {
    share: error === null ? percentText(share) : `${percentText(share)} ± ${noDecimals(100 * error)}`,
    runs: noDecimals(runs),
  };
  const level = isUncertain(item) ? 'low' : share >= minHighShare ? 'high' : 'medium';
  const tests =
    inTop >= confidence
      ? say('insights:sure.top', { ...params, count: top })
      : say('insights:sure.rank', params);
  const levelText = say(`insights:sure.${level}`);
  return `${levelText} · ${tests}`;
}

/** In simulated organisations with a known share of missing links, at least 95 % of the items with this share really were in the top. */
const minHighShare = 0.9;

/** The title of an item; of a record with its university, because other records can have the same title. */
export function titleWithUniversity(item: Insight): string {
  const { id, type, university } = item;
  const title = titleText(item);
  return id === undefined || type === 'interface' || university === null ? title : `${title} (${university})`;
}

/** The heading of an answer. For `leavers`, it says if the rank of the first item is uncertain. */
export function headingText(answer: Answer): string {
  const { question, items, ranked, since } = answer;
  const [firstItem] = items;
  const sinceText = since === null ? '' : dayText(Date.parse(since));
  if (!firstItem) return emptyHeading(answer, sinceText);
  const params = { title: titleWithUniversity(firstItem), value: percentText(firstItem.value) };
  switch (question) {
    case 'leaving':
      return leavingText(firstItem, params);
    case 'leavers':
      return leaverText(firstItem, params);
    case 'cohorts':
      return say('insights:heading.cohorts', { ...formatParams(firstItem.because.params), ...params });
    case 'expertise':
      return expertiseText(firstItem, params);
    case 'changes':
      return say('insights:heading.changes', { count: ranked, since: sinceText });
    default:
      return say(`insights:heading.${question}`, params);
  }
}

function leavingText({ because }: Insight, params: { title: string; value: string }): string {
  const values = { ...formatParams(because.params), ...params };
  switch (because.code) {
    case 'leaving_team_now':
    case 'leaving_person':
    case 'leaving_person_now':
    case 'leaving_link':
      return say(`insights:heading.${because.code}`, values);
    case 'leaving_unknown':
    case 'leaving_unknown_team':
      return say(`insights:heading.${because.code}`, values);
    default:
      return say('insights:heading.leaving_team', values);
  }
}

function expertiseText(
  { because: { code, params: reasonParams } }: Insight,
  params: { title: string; value: string },
): string {
  const values = { ...params, area: String(reasonParams['area']) };
  switch (code) {
    case 'needed_nobody':
    case 'needed_leaving_now':
    case 'needed_leaving_next':
      return say(`insights:heading.${code}`, values);
    default:
      return say('insights:heading.expertise', values);
  }
}

function leaverText(firstItem: Insight, params: { title: string; value: string }): string {
  if (isUncertain(firstItem)) return say('insights:likely', params);
  if (firstItem.alike > 1 && firstItem.because.code === 'member')
    return say('insights:heading.leaversAlike', {
      ...params,
      team: String(firstItem.because.params['team']),
    });
  return say(`insights:heading.${firstItem.type === 'team' ? 'leaversTeam' : 'leavers'}`, params);
}

/** The heading of an answer without items: nothing stands out, or nothing can be judged. */
function emptyHeading({ question, since, begins, judged }: Answer, sinceText: string): string {
  if (question === 'changes')
    return since === null ? shortHistoryText(begins) : say('insights:none.changes', { since: sinceText });
  if (judged > 0) return say(`insights:none.${question}`);
  if (question === 'cohorts' || question === 'leaving') return say('insights:none.members');
  if (question === 'expertise') return say('insights:none.areas');
  if (question === 'code') return say('insights:none.repositories');
  return say(`insights:none.${question === 'leavers' ? 'noLinks' : 'links'}`);
}

/** The heading if the history is too short for a comparison. */
function shortHistoryText(begins: string | null): string {
  if (begins === null) return say('insights:none.changesNever');
  const time = new Date(begins);
  return localDay(time) === localDay(new Date())
    ? say('insights:none.changesToday')
    : say('insights:none.changesYoung', { begins: dayText(time.getTime()) });
}

const unjudgedKeys: Partial<
  Record<Answer['question'], 'unknownLinks' | 'unknownTeams' | 'unknownAreas' | 'unknownRepositories'>
> = {
  weak: 'unknownLinks',
  cohorts: 'unknownTeams',
  expertise: 'unknownAreas',
  code: 'unknownRepositories',
};

/** What stress tests assume of links that nobody recorded, as a sentence. */
export function unrecordedText({
  share,
  low,
  high,
  confirmed,
  added,
}: NonNullable<Answer['unrecorded']>): string {
  const count = confirmed + added;
  if (count === 0) return say('insights:unrecorded.assumed', { share: percentText(share) });
  const range = { low: percentText(low), high: percentText(high) };
  return say('insights:unrecorded.measured', {
    share: percentText(share),
    ...range,
    added: noDecimals(added),
    count,
  });
}

/** Sentences about unjudged, assumed and estimated values; null if there are none. */
export function caveatText({ question, unknown, estimate, guesses }: Answer): string | null {
  const unjudgedKey = unjudgedKeys[question];
  const parts = [
    ...(unjudgedKey && unknown > 0 ? [say(`insights:${unjudgedKey}`, { count: unknown })] : []),
    ...guessTexts(question, guesses),
    ...(estimate ? [say('insights:estimate')] : []),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}

function guessTexts(question: Answer['question'], { terms, losses, teams }: Answer['guesses']): string[] {
  const termsKeys = {
    leaving: 'termsByChance',
    degrading: 'terms',
    leavers: 'terms',
    expertise: 'terms',
    cohorts: 'termsLeft',
  } as const;
  const termsKey = question in termsKeys ? termsKeys[question as keyof typeof termsKeys] : null;
  return [
    ...(termsKey && terms > 0 ? [say(`insights:guess.${termsKey}`, { count: terms })] : []),
    ...(losses > 0 && question !== 'weak' ? [say('insights:guess.losses', { count: losses })] : []),
    ...(teams > 0 && question !== 'cohorts' ? [say('insights:guess.teams', { count: teams })] : []),
  ];
}
