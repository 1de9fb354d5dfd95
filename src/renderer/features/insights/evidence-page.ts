import type { Answer, Insight, Question } from '#shared/contract/analysis.ts';
import type { PrintedItem, PrintedNetwork, PrintedPage, PrintedSection } from '#shared/shell/print.ts';
import { i18n, say } from '../../i18n/setup.ts';
import { inSentence, typeName } from '../../text/names.ts';
import { exactTime } from '../../text/time.ts';
import { isRecordSet, liveValue } from './useAnswer.ts';
import {
  confidenceText,
  headingText,
  percentText,
  effectText,
  reasonText,
  titleText,
  caveatText,
  unrecordedText,
  valueText,
} from './sentences.ts';
import { repairText } from './repair-sentences.ts';

/** The maximum number of items of a question: on a page with one question, and on a page with all. */
const maxItems = { one: 8, all: 2 } as const;
/** On a page with all questions these have one item: others show the same records, and it must fit on a sheet. */
const shortQuestions: ReadonlySet<Question> = new Set(['degrading', 'weak', 'cohorts', 'changes']);

const itemLimit = (scope: keyof typeof maxItems, question: Question): number =>
  scope === 'all' && shortQuestions.has(question) ? 1 : maxItems[scope];

const noRecordsDate = '2000-01-01T00:00:00.000Z';

interface EvidenceDetails {
  author: string;
  /** The first item with its neighbours, for a page with one answer. */
  network: PrintedNetwork | null;
  liveAnswers: ReadonlyMap<Question, Answer>;
  hasRepairs: boolean;
  /** Lists all items, not only as many as fit on paper. */
  isComplete: boolean;
}

export function subtitleText({ type, university }: Insight): string {
  const kind = type === null ? '' : inSentence(typeName(type));
  return [kind, university ?? ''].filter((part) => part !== '').join(' · ');
}

/** The value of an item in live; null if unknown, or if the item has no value. */
function liveValueOf(item: Insight, liveAnswer: Answer | undefined): number | null {
  return liveAnswer && valueText(item) !== '' && !isRecordSet(item) ? liveValue(liveAnswer, item) : null;
}

function chartOf(items: readonly Insight[], liveAnswer: Answer | undefined): PrintedSection['chart'] {
  const liveValues = items.map((item) => liveValueOf(item, liveAnswer));
  const maxValue = Math.max(
    ...[...items.map(({ value }) => value), ...liveValues].map((value) => Math.abs(value ?? 0)),
    Number.EPSILON,
  );
  const shareOf = (value: number): number => Math.abs(value) / maxValue;
  return {
    heading: say(liveAnswer ? 'share:valuesAndLive' : 'share:values'),
    bars: items.map((item, index) => {
      const valueInLive = liveValues[index] ?? null;
      return {
        label: `${index + 1} ${titleText(item)}`,
        value: valueText(item),
        share: shareOf(item.value),
        ...(valueInLive !== null && {
          before: {
            value: say('share:inLive', { value: percentText(valueInLive) }),
            share: shareOf(valueInLive),
          },
        }),
      };
    }),
  };
}

interface ItemOptions {
  scope: 'one' | 'all';
  liveAnswer: Answer | undefined;
  hasRepairs: boolean;
}

function itemOf(answer: Answer, item: Insight, { scope, liveAnswer, hasRepairs }: ItemOptions): PrintedItem {
  const maxValue = Math.max(...answer.items.map((other) => Math.abs(other.value)), Number.EPSILON);
  // On a page with one question, the chart shows the values in live.
  const valueInLive = scope === 'all' ? liveValueOf(item, liveAnswer) : null;
  const value = valueText(item);
  const repairs = (hasRepairs ? item.interventions : []).map((repair) =>
    say('insights:evidence.repair', { repair: repairText(repair), effect: effectText(item, repair.value) }),
  );
  const lines = [reasonText(item), confidenceText(answer, item) ?? '', ...repairs];
  return {
    title: titleText(item),
    about: [item.about ?? '', subtitleText(item)].filter((part) => part !== '').join(' · '),
    value:
      valueInLive === null ? value : `${value} (${say('share:inLive', { value: percentText(valueInLive) })})`,
    share: scope === 'all' ? Math.abs(item.value) / maxValue : null,
    lines: lines.filter((line) => line !== ''),
  };
}

function sectionOf(answer: Answer, scope: 'one' | 'all', details: EvidenceDetails): PrintedSection {
  const liveAnswer = details.liveAnswers.get(answer.question);
  const items = answer.items.slice(
    0,
    details.isComplete ? answer.items.length : itemLimit(scope, answer.question),
  );
  const question = say(`insights:question.${answer.question}`);
  const options = { scope, liveAnswer, hasRepairs: details.hasRepairs && scope === 'one' };
  const section = { items: items.map((item) => itemOf(answer, item, options)) };
  if (scope === 'all') return { heading: headingText(answer), note: question, ...section };
  const tests = answer.runs > 0 && say('insights:tests');
  const { unrecorded } = answer;
  const assumption = unrecorded && unrecordedText(unrecorded);
  const note = [say(`insights:formula.${answer.question}`), caveatText(answer), tests, assumption]
    .filter(Boolean)
    .join(' ');
  const [firstItem] = items;
  return {
    heading: question,
    note,
    ...section,
    chart: chartOf(items, liveAnswer),
    ...(details.network &&
      firstItem && {
        network: {
          heading: say('insights:network', { title: titleText(firstItem) }),
          drawing: details.network,
        },
      }),
  };
}

export const headFact = ({ at, id, hash }: Answer['head']): string =>
  at === null
    ? say('insights:evidence.noRecords')
    : say('insights:evidence.records', { when: exactTime(at), id, hash });

/** A printed page with one answer, or with all about the same records. `subject`: workspace, sandbox and university. */
export function evidencePage(
  subject: string,
  answers: readonly [Answer, ...Answer[]],
  details: EvidenceDetails,
): PrintedPage {
  const scope = answers.length === 1 ? 'one' : 'all';
  const [firstAnswer] = answers;
  const { head, seed, version } = firstAnswer;
  const runs = Math.max(...answers.map((answer) => answer.runs));
  const question = say(`insights:question.${firstAnswer.question}`);
  return {
    language: i18n.language,
    title:
      scope === 'one' ? headingText(firstAnswer) : say('insights:evidence.title', { workspace: subject }),
    about: scope === 'one' ? `${subject} · ${question}` : 'FRAMES',
    author: details.author === '' ? '' : say('frame:print.by', { name: details.author }),
    sections: answers.map((answer) => sectionOf(answer, scope, details)),
    facts: [
      headFact(head),
      say('insights:evidence.measures', { version, seed }),
      ...(runs > 0 ? [say('insights:evidence.runs', { count: runs })] : []),
    ],
    at: head.at ?? noRecordsDate,
  };
}
