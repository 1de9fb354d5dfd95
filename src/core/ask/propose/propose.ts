import type { Proposal } from '#shared/contract/ask.ts';
import type { Question } from '#shared/contract/analysis.ts';
import type { Services } from '../../model/services.ts';
import { findApprovedQuestion } from '../approved-questions.ts';
import { tableFor } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { findInsight } from './insight-questions.ts';
import { buildLexicon } from './lexicon.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import { findAreas, findNames } from './find-names.ts';
import { readQuestion } from './read-question.ts';
import type { ParsedQuestion } from './read-question.ts';
import { divideIntoSegments, wordsOf } from './segments.ts';
import { writeSql } from './write-sql.ts';

const createLexicon = (): { lexicon: ReturnType<typeof buildLexicon> } => ({ lexicon: buildLexicon() });

/** The lexicon of the workspace, built once. */
export const lexiconOf = ({ singletons }: Pick<Services, 'singletons'>): Lexicon =>
  singletons.get(createLexicon).lexicon;

/** A proposal without its model, which is added later. */
export type ProposedAnswer = Omit<Proposal, 'model'>;

/** Questions with more words are only searched for, unless a model answers them. */
const maxWords = 60;
export const maxSearchLength = 200;

const insightSentences: Readonly<Record<Question, string>> = {
  leaving: 'Insights: what is lost with the people who leave by the end of next term.',
  leavers: 'Insights: whose departure would hurt most.',
  degrading: 'Insights: links that become weaker this term.',
  weak: 'Insights: weak links that are worth strengthening.',
  undocumented: 'Insights: links that only people know.',
  cohorts: 'Insights: teams that lose many members together.',
  expertise: 'Insights: areas that one person alone knows.',
  code: 'Insights: areas of code that nobody who stays knows.',
  changes: 'Insights: what changed since last term.',
};

/** Proposes how to answer a question: an approved answer, an answer of Insights, a list described by the words, or a search. */
export function* proposeAnswer(
  services: Pick<Services, 'names' | 'read' | 'singletons'>,
  question: string,
): Generator<number, ProposedAnswer, void> {
  const { names, read: db } = services;
  const words = wordsOf(question);
  const lexicon = lexiconOf(services);
  const approved = findApprovedQuestion(db, question, lexicon);
  if (approved)
    return {
      question,
      by: 'approved',
      way: { kind: 'sql', sql: approved.sql },
      sentence: `Approved by ${approved.owner.name}: “${approved.question}”.`,
      parts: [],
      unknown: [],
    };
  if (words.length > maxWords) return proposeSearch(question, words.slice(0, maxWords), lexicon, []);
  const phraseMeanings = yield* findNames(names, words);
  const asksKnowledge = words.some((word) =>
    lexicon.get(word)?.some((meaning) => meaning.is === 'role' && meaning.role === 'knows'),
  );
  if (asksKnowledge) yield* findAreas(db, words, phraseMeanings);
  const insight = insightFor(words, lexicon, phraseMeanings);
  if (insight) {
    const suffix = insight.university === undefined ? '' : ` Only “${insight.university.title}”.`;
    return {
      question,
      by: 'builtin',
      way: {
        kind: 'insight',
        input: {
          question: insight.question,
          ...(insight.university && { university: insight.university.id }),
        },
      },
      sentence: `${insightSentences[insight.question]}${suffix}`,
      parts: [],
      unknown: [],
    };
  }
  const parsedQuestion = readQuestion(divideIntoSegments(words, lexicon, phraseMeanings));
  if (!parsedQuestion || parsedQuestion.unknown.length > 0)
    return proposeSearch(question, words, lexicon, parsedQuestion?.unknown ?? []);
  const sql = writeSql(parsedQuestion.question);
  return {
    question,
    by: 'builtin',
    way: { kind: 'sql', sql },
    sentence: sentenceOf(parsedQuestion),
    parts: parsedQuestion.parts,
    unknown: [],
  };
}

/** The answer of Insights for the words. All other words must be fillers and the name of at most one university. */
function insightFor(
  words: readonly string[],
  lexicon: Lexicon,
  names: Lexicon,
): { question: Question; university?: { id: string; title: string } } | null {
  const insight = findInsight(words);
  if (!insight) return null;
  const unexplained = divideIntoSegments(insight.unexplained, lexicon, names).filter(
    ({ meanings }) => !meanings.some(isFiller),
  );
  const universities = unexplained.flatMap(({ meanings }) =>
    meanings.flatMap((meaning) => (meaning.is === 'name' && meaning.type === 'university' ? [meaning] : [])),
  );
  if (unexplained.length === 0) return { question: insight.question };
  const [university] = universities;
  if (unexplained.length !== 1 || universities.length !== 1 || !university) return null;
  return { question: insight.question, university };
}

/** A search for the words that are not fillers. */
function proposeSearch(
  question: string,
  words: readonly string[],
  lexicon: Lexicon,
  unknown: readonly string[],
): ProposedAnswer {
  const searchWords = words.filter((word) => !(lexicon.get(word) ?? []).some(isFiller));
  const text = (searchWords.length > 0 ? searchWords.join(' ') : question).slice(0, maxSearchLength).trim();
  return {
    question,
    by: 'search',
    way: { kind: 'search', input: { text } },
    sentence: `No rule answers this question. Search for “${text}” instead.`,
    parts: [],
    unknown: [...unknown],
  };
}

const isFiller = (meaning: Meaning): boolean =>
  meaning.is === 'role' && (meaning.role === 'skip' || meaning.role === 'who');

function sentenceOf({
  question: { subject, conditions, isCount, group, order, limit },
}: ParsedQuestion): string {
  const noun = subject === 'interface' ? 'links' : tableFor(subject).replaceAll('_', ' ');
  const heading = isCount || group ? `Number of ${noun}` : noun.charAt(0).toUpperCase() + noun.slice(1);
  const details = [
    ...meaningsOf(conditions),
    ...(order ? [`ordered by ${order.column.replaceAll('_', ' ')}`] : []),
    ...(limit === null ? [] : [`at most ${limit}`]),
  ];
  const title = `${heading}${group ? ` by ${group.label}` : ''}`;
  return `${title}${details.length > 0 ? `: ${details.join(', ')}` : ''}.`;
}

/** Values of one column are alternatives: "discipline is software or ground". */
function meaningsOf(conditions: readonly Condition[]): string[] {
  const meanings = new Map<string, string>();
  for (const condition of conditions) {
    if ('sql' in condition) meanings.set(condition.sql, condition.meaning);
    else {
      const previousMeaning = meanings.get(condition.column);
      const value = condition.meaning.split(' is ').at(-1) ?? '';
      const isAlternative = previousMeaning !== undefined && !previousMeaning.includes(value);
      meanings.set(
        condition.column,
        isAlternative ? `${previousMeaning} or ${value}` : (previousMeaning ?? condition.meaning),
      );
    }
  }
  return [...new Set(meanings.values())];
}
