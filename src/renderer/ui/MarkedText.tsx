import type { ReactNode } from 'react';
import type { Excerpt } from '#shared/contract/search.ts';

export function MarkedText({ before, excerpt }: { before: string; excerpt: Excerpt }) {
  const parts: ReactNode[] = [];
  let offset = 0;
  for (const [start, end] of excerpt.marks) {
    parts.push(excerpt.text.slice(offset, start), <mark key={start}>{excerpt.text.slice(start, end)}</mark>);
    offset = end;
  }
  return (
    <>
      {before}
      {parts}
      {excerpt.text.slice(offset)}
    </>
  );
}
