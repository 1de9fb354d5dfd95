import type { Answer, Insight } from '#shared/contract/analysis.ts';
import type { PrintedItem, PrintedPage } from '#shared/shell/print.ts';
import { i18n, say } from '../../i18n/setup.ts';
import { inSentence, typeName } from '../../text/names.ts';
import { exact } from '../../text/time.ts';
import {
  confidenceText,
  headingText,
  effectText,
  reasonText,
  repairText,
  titleText,
  unknownText,
  valueText,
} from './sentences.ts';

/** So many items of a question fit: alone, or with the six others. */
const mostItems = { one: 8, all: 2 } as const;

/** What kind of record an item is about, and where. */
export function aboutText({ type, university }: Insight): string {
  const kind = type === null ? '' : inSentence(typeName(type));
  return [kind, university ?? ''].filter((part) => part !== '').join(' · ');
}

function itemOf(answer: Answer, item: Insight, withRepairs: boolean): PrintedItem {
  const most = Math.max(...answer.items.map((one) => Math.abs(one.value)), Number.EPSILON);
  const repairs = (withRepairs ? item.interventions : []).map((one) =>
    say('insights:evidence.repair', { repair: repairText(one), effect: effectText(item, one.value) }),
  );
  const lines = [reasonText(item), confidenceText(answer, item) ?? '', ...repairs];
  return {
    title: titleText(item),
    about: aboutText(item),
    value: valueText(item),
    share: Math.abs(item.value) / most,
    lines: lines.filter((one) => one !== ''),
  };
}

/** Answers about `subject` as a page on paper, which names what they were made from. `answers` has one, or all seven of the same records. */
export function evidencePage(subject: string, answers: readonly [Answer, ...Answer[]]): PrintedPage {
  const scope = answers.length === 1 ? 'one' : 'all';
  const [first] = answers;
  const { head, seed, version } = first;
  const runs = Math.max(...answers.map((answer) => answer.runs));
  const question = say(`insights:question.${first.question}`);
  return {
    language: i18n.language,
    title: scope === 'one' ? headingText(first) : say('insights:evidence.title', { workspace: subject }),
    about: scope === 'one' ? `${subject} · ${question}` : 'FRAMES',
    sections: answers.map((answer) => ({
      heading: scope === 'one' ? question : headingText(answer),
      note:
        scope === 'one'
          ? [say(`insights:formula.${answer.question}`), unknownText(answer)].filter(Boolean).join(' ')
          : say(`insights:question.${answer.question}`),
      items: answer.items.slice(0, mostItems[scope]).map((item) => itemOf(answer, item, scope === 'one')),
    })),
    facts: [
      head.at === null
        ? say('insights:evidence.noRecords')
        : say('insights:evidence.records', { when: exact(head.at), id: head.id, hash: head.hash }),
      say('insights:evidence.measures', { version, seed }),
      ...(runs > 0 ? [say('insights:evidence.runs', { count: runs })] : []),
    ],
    at: head.at ?? '2000-01-01T00:00:00.000Z',
  };
}
