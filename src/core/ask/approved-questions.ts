import { invalidFault } from '../model/validate.ts';
import { issueWithCode } from '#shared/texts/issues.ts';
import type { ApprovedQuestion } from '#shared/contract/ask.ts';
import { parseAddress, printAddress } from '#shared/address/address.ts';
import { askOf } from '#shared/address/view.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { createView, updateView } from '../views/commands.ts';
import { listViews } from '../views/rows.ts';
import type { Lexicon } from './propose/lexicon.ts';
import { wordsOf } from './propose/segments.ts';

const maxAddressLength = 8000;

/** Approved questions: saved views that open Ask with a question and a statement. */
export function readApprovedQuestions(db: ReadHandle): ApprovedQuestion[] {
  return listViews(db).flatMap(({ id, address, owner, updated_at }) => {
    if (!address.includes('/ask?')) return [];
    const view = parseAddress(address)?.view;
    if (view?.kind !== 'ask' || view.question === '' || view.sql === '') return [];
    return [{ id, question: view.question, sql: view.sql, owner, updated_at }];
  });
}

/** The words of a question without case, accents, punctuation and fillers. Questions with equal keys are the same question. */
export function questionKey(question: string, lexicon: Lexicon): string {
  const words = wordsOf(question);
  const isFiller = (word: string): boolean =>
    lexicon.get(word)?.some((meaning) => meaning.is === 'role' && meaning.role === 'skip') === true;
  const keyWords = words.filter((word) => !isFiller(word));
  return (keyWords.length > 0 ? keyWords : words).join(' ');
}

/** The approved question with the same key; the newest if there are several. */
export function findApprovedQuestion(
  db: ReadHandle,
  question: string,
  lexicon: Lexicon,
): ApprovedQuestion | undefined {
  const key = questionKey(question, lexicon);
  return readApprovedQuestions(db)
    .filter((approved) => questionKey(approved.question, lexicon) === key)
    .toSorted((a, b) => (a.updated_at < b.updated_at ? 1 : -1))[0];
}

/** Up to `limit` approved questions that share words with a question, those with the greatest share first. */
export function similarQuestions(
  db: ReadHandle,
  question: string,
  lexicon: Lexicon,
  limit: number,
): ApprovedQuestion[] {
  const questionWords = new Set(questionKey(question, lexicon).split(' '));
  const overlapWith = (otherWords: ReadonlySet<string>): number => {
    const sharedCount = [...otherWords].filter((word) => questionWords.has(word)).length;
    return sharedCount / (otherWords.size + questionWords.size - sharedCount);
  };
  return readApprovedQuestions(db)
    .map((approved) => ({
      approved,
      share: overlapWith(new Set(questionKey(approved.question, lexicon).split(' '))),
    }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, limit)
    .map(({ approved }) => approved);
}

/** Saves a statement as the only answer to a question. Throws INVALID if both together are too long, and FORBIDDEN. */
export function approveQuestion(
  write: WriteContext,
  { question, sql }: { question: string; sql: string },
  lexicon: Lexicon,
): { id: string; changed: boolean; replaced: boolean } {
  const address = printAddress({ target: 'live', view: askOf(question, sql) });
  if (address.length > maxAddressLength) {
    throw invalidFault([issueWithCode('sql', 'too_big', 'question_too_long')]);
  }
  const name = question.replaceAll(/\s+/g, ' ').slice(0, maxLengths.name).trim();
  const approved = findApprovedQuestion(write.db, question, lexicon);
  if (approved)
    return { id: approved.id, changed: updateView(write, approved.id, { name, address }), replaced: true };
  return { id: createView(write, { name, address, layout: null }), changed: true, replaced: false };
}
