import type { Answer, Insight, Intervention } from '#shared/contract/analysis.ts';
import { say } from '../../i18n/setup.ts';
import { dayText, numberForm } from '../../text/formats.ts';
import { localDay } from '../../text/local-day.ts';
import { choiceName } from '../../text/names.ts';

const tenth = numberForm({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = numberForm({ maximumFractionDigits: 0 });

/** A share in hundredths without their sign, with one decimal only below 10, and none for nothing: `0`, `9.3`, `54`. */
export const hundredthsText = (share: number): string => {
  const percent = 100 * share;
  const isSmall = percent !== 0 && Math.abs(percent) < 9.95;
  return isSmall ? tenth(percent) : whole(percent);
};

export const percentText = (share: number): string => `${hundredthsText(share)}\u00a0%`;

type Asked = Pick<Answer, 'question'>;

/** A value as its question shows it. */
export function amountText({ question }: Asked, value: number): string {
  if (question === 'cohorts')
    return value > 0 ? say(`models:band.${value >= 1 ? 'high' : 'moderate'}`) : say('insights:level.low');
  return percentText(value);
}

/** The value of an item as its question shows it. */
export const valueText = (asked: Asked, { value, because }: Insight): string =>
  because.code === 'left' || because.code === 'joined' ? '' : amountText(asked, value);

/** The values in sentences about reasons and repairs. Core sends those that the sentence of the code needs. */
type Params = Record<
  | 'after'
  | 'before'
  | 'established'
  | 'from'
  | 'incoming'
  | 'leaving'
  | 'links'
  | 'members'
  | 'now'
  | 'outgoing'
  | 'people'
  | 'team'
  | 'to'
  | 'undocumented',
  string | number
>;

const numbers = (params: Insight['because']['params']): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      ['now', 'before', 'after', 'loss'].includes(name) ? whole(Number(value)) : value,
    ]),
  ) as Params;

/** Why an item has its value, as a sentence. */
export function reasonText({ because: { code, params } }: Insight): string {
  const values = numbers(params);
  switch (code) {
    case 'team':
      return say(`insights:reason.${params['leaving'] === 0 ? 'person' : 'team'}`, {
        ...values,
        count: Number(params['links']),
      });
    case 'team_unlisted':
    case 'person':
      return say(`insights:reason.${code}`, { ...values, count: Number(params['links']) });
    case 'member': {
      const colleagues = Number(params['colleagues']);
      return say(`insights:reason.${colleagues === 0 ? 'only' : 'member'}`, {
        ...values,
        members: colleagues + 1,
      });
    }
    case 'bearers_leave':
      return say('insights:reason.bearers_leave', { ...values, count: Number(params['leaving']) });
    case 'in_heads': {
      const bond = choiceName(String(params['bond']));
      return say('insights:reason.in_heads', { bond, count: Number(params['bearers']) });
    }
    case 'all_leave':
      return Number(params['people']) === 2
        ? say('insights:reason.all_leave_both')
        : say('insights:reason.all_leave', { count: Number(params['people']) });
    case 'weak':
    case 'unrated':
    case 'no_established':
    case 'no_outgoing':
    case 'no_incoming':
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

export function repairText({ code, params }: Intervention): string {
  const count = Number(params['count']);
  switch (code) {
    case 'take_over':
      return say('insights:repair.take_over', { ...(params as Params), count });
    case 'pair':
    case 'write_down':
    case 'restore':
    case 'keep_member':
    case 'established':
    case 'incoming':
    case 'both':
      return say(`insights:repair.${code}`, params as Params);
    default:
      return '';
  }
}

/** What a repair takes: links that are new or changed, and people. */
export function costText({ changes }: Intervention): string {
  const [first] = changes;
  const kind = first?.do === 'mentor' ? 'people' : first?.do === 'link' ? 'links' : 'changed';
  const count = changes.length;
  return kind === 'people' ? say('records:unit.people', { count }) : say(`insights:cost.${kind}`, { count });
}

/** "Same rank in …"; null where nothing was perturbed. It is sure from 90 % on. */
export function confidenceText({ runs }: Pick<Answer, 'runs'>, { confidence }: Insight): string | null {
  if (confidence === null) return null;
  return say(`insights:${isSure(confidence) ? 'sure' : 'unsure'}`, {
    share: percentText(confidence),
    runs: whole(runs),
  });
}

export const isSure = (confidence: number | null): boolean => confidence !== null && confidence >= 0.9;

/** The answer as a sentence. Of one that is not sure to be the most critical none is named so. */
export function headingText(answer: Answer): string {
  const { question, items, ranked, since } = answer;
  const [first] = items;
  const when = since === null ? '' : dayText(Date.parse(since));
  if (!first) {
    if (question === 'changes')
      return since === null ? youngText(answer.begins) : say('insights:none.changes', { since: when });
    if (answer.judged === 0 && (question === 'degrading' || question === 'undocumented'))
      return say('insights:none.links');
    if (answer.judged === 0 && question === 'cohorts') return say('insights:none.members');
    return say(`insights:none.${question}`);
  }
  const named = { title: first.title, value: percentText(first.value) };
  if (question === 'leavers')
    return first.confidence === null || isSure(first.confidence)
      ? say(`insights:heading.${first.type === 'team' ? 'leaversTeam' : 'leavers'}`, named)
      : say('insights:likely', named);
  if (question === 'undocumented') return say('insights:heading.undocumented', named);
  return say(`insights:heading.${question}`, { count: ranked, since: when });
}

/** That the history is too young to compare with. */
function youngText(begins: string | null): string {
  if (begins === null) return say('insights:none.changesNever');
  const time = new Date(begins);
  return localDay(time) === localDay(new Date())
    ? say('insights:none.changesToday')
    : say('insights:none.changesYoung', { begins: dayText(time.getTime()) });
}

/** What could not be judged, and whether values are estimates; null where neither is so. */
export function unknownText({ question, unknown, estimate }: Answer): string | null {
  const count = unknown;
  const left = say(question === 'cohorts' ? 'insights:unknownTeams' : 'insights:unknownLinks', { count });
  const parts = [...(unknown === 0 ? [] : [left]), ...(estimate ? [say('insights:estimate')] : [])];
  return parts.length === 0 ? null : parts.join(' ');
}
