import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { adjustList, currentAddress } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { fieldName } from '../../../text/names.ts';
import { reportError } from '../../../ui/notices.tsx';
import { useOwnFields } from '../custom-fields.ts';
import { chipsOf, withChip } from './model.ts';
import { lexiconOf, buildLexicon } from './typed/lexicon.ts';
import { readText } from './typed/parse.ts';
import type { Problem } from './typed/parse.ts';

const most = 20;

function problemText({ code, text, field }: Problem): string {
  return say(`views:typed.problem.${code}`, { text, field: field === undefined ? '' : fieldName(field) });
}

function added(now: readonly Filter[], next: readonly Filter[]): readonly Filter[] {
  const same = (one: Filter, other: Filter): boolean =>
    jsonEqual(one as unknown as Json, other as unknown as Json);
  return next.filter((filter, index) => ![...now, ...next.slice(0, index)].some((one) => same(one, filter)));
}

/** The text of the box above a list: words search at once, finished conditions become chips. */
export function useTypedFilters(view: ListView) {
  const { type, search } = view;
  const tab = useTabId();
  const [text, setText] = useState(search);
  const [problem, setProblem] = useState<string | null>(null);
  const own = useOwnFields(type);
  const lexicon = useMemo(() => lexiconOf(type, undefined, own), [type, own]);
  const sent = useRef(search);
  const latest = useRef(text);
  useLayoutEffect(() => {
    latest.current = text;
  }, [text]);

  useEffect(() => {
    // The address was changed from elsewhere.
    if (search === sent.current) return;
    sent.current = search;
    setText(search);
  }, [search]);
  useEffect(() => {
    const typedSearch = readText(lexicon, text).search;
    if (typedSearch === sent.current) return;
    // Without delay: core answers within a frame or two, and earlier queries are cancelled.
    sent.current = typedSearch;
    adjustList({ search: typedSearch }, tab);
  }, [text, lexicon, tab]);

  const write = (next: string): void => {
    // Leading blanks would hide what follows.
    setText(next.trimStart());
    // A trailing blank does not change the problem.
    if (next.trim() !== text.trim()) setProblem(null);
  };

  const settle = async (before: string): Promise<void> => {
    const read = readText(await buildLexicon(type, before, own), before);
    const [first] = read.problems;
    if (first) setProblem(problemText(first));
    if (read.filters.length === 0 || !latest.current.startsWith(before)) return;
    const { view: now } = currentAddress(tab);
    if (now.kind !== 'list' || now.type !== type) return;
    const filters = [...now.filters, ...added(now.filters, read.filters)];
    if (filters.length > most) {
      setProblem(say('views:typed.tooMany'));
      return;
    }
    const since = latest.current.slice(before.length);
    sent.current = read.search;
    setText(`${read.rest}${read.rest === '' || /^\s/.test(since) ? '' : ' '}${since}`.trimStart());
    adjustList({ filters, search: read.search }, tab);
  };

  const ready = (): boolean => {
    const { filters, problems } = readText(lexicon, text);
    return filters.length > 0 || problems.length > 0;
  };

  const removeLast = (): void => {
    const last = chipsOf(view.filters).at(-1);
    if (last) adjustList({ filters: withChip(view.filters, last, []) }, tab);
  };

  return {
    text,
    problem,
    lexicon,
    write,
    ready,
    settle: () => void settle(text).catch(reportError),
    removeLast,
    forgive: () => setProblem(null),
  };
}
