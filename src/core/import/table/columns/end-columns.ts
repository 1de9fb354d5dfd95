import { attributeWords, isTypeAttribute } from '../../../model/interchange/attribute-words.ts';
import { headingsByField } from '../../../model/interchange/heading-words.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { typeOfWord } from '../../word-types.ts';
import type { ColumnValues } from './column-values.ts';
import { withoutCount } from './heading-match.ts';

const universityWords: readonly string[] = headingsByField['university_id'] ?? [];

/**
 * The link end in a university heading ("From university", "Uni (nach)"); `both` if the heading names no end. Null for other headings.
 */
function endOfUniversity(name: string): 'from' | 'to' | 'both' | null {
  if (universityWords.includes(name)) return 'both';
  const words = name.split(' ');
  const others = words.filter((word) => !universityWords.includes(word));
  const [endWord = ''] = others;
  if (words.length !== 2 || others.length !== 1) return null;
  return (['from', 'to'] as const).find((field) => headingsByField[field]?.includes(endWord)) ?? null;
}

type End = 'from' | 'to';
type UniversityEnd = End | 'both' | null;

/** Words of a heading that name an end, if the others are words for "type"; null for other headings. */
function endOfType(heading: string): End | null {
  const words = attributeWords(heading).split(' ');
  return (
    (['from', 'to'] as const).find((field) =>
      words.some(
        (word, index) =>
          headingsByField[field]?.includes(word) &&
          isTypeAttribute(words.filter((_, other) => other !== index).join(' ')),
      ),
    ) ?? null
  );
}

/**
 * The columns with the types of a link's ends: "Source type" and "Target type", or two columns "Type" with words for types, which are those
 * of the source and the target, as the table is read.
 */
export function findTypeEnds(
  headings: readonly string[],
  samples: readonly ColumnValues[],
  isTaken: (column: number) => boolean,
): Map<number, End> {
  const typed = [...headings.keys()].filter(
    (column) =>
      !isTaken(column) &&
      (samples[column]?.count ?? 0) > 0 &&
      (samples[column]?.shareOf((text) => typeOfWord(text) !== null) ?? 0) > 0.7,
  );
  const headingAt = (column: number): string => withoutCount(headings[column] ?? '');
  const named = typed.flatMap((column): [number, End][] => {
    const end = endOfType(headingAt(column));
    return end === null ? [] : [[column, end]];
  });
  if (named.length > 0) return new Map(named);
  const plain = typed.filter((column) => isTypeAttribute(headingAt(column)));
  return new Map(
    plain.length === 2
      ? [
          [plain[0] as number, 'from'],
          [plain[1] as number, 'to'],
        ]
      : [],
  );
}

/**
 * By column: the end of a link whose university its heading names. Two columns without an end (`bothEnds`) are those of the source and the
 * target, as the table is read.
 */
export function findUniversityEnds(
  headings: readonly string[],
  isTaken: (column: number) => boolean,
): { universityEnds: UniversityEnd[]; bothEnds: readonly number[] } {
  const universityEnds = headings.map((heading, column): UniversityEnd =>
    // A repeated heading has a number.
    isTaken(column) ? null : endOfUniversity(plainHeading(withoutCount(heading))),
  );
  const bothEnds = [...universityEnds.keys()].filter((column) => universityEnds[column] === 'both');
  if (bothEnds.length === 2)
    for (const [index, column] of bothEnds.entries()) universityEnds[column] = index === 0 ? 'from' : 'to';
  return { universityEnds, bothEnds };
}
