import { headingsByField } from '../../model/interchange/heading-words.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
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

type UniversityEnd = 'from' | 'to' | 'both' | null;

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
