import type { ReactNode } from 'react';
import type { Excerpt } from '#shared/contract/search.ts';

export function MarkedText({ before, excerpt }: { before: string; excerpt: Excerpt }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of excerpt.marks) {
    parts.push(excerpt.text.slice(at, start), <mark key={start}>{excerpt.text.slice(start, end)}</mark>);
    at = end;
  }
  return (
    <>
      {before}
      {parts}
      {excerpt.text.slice(at)}
    </>
  );
}
