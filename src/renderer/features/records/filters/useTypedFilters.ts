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
import { useCustomFields } from '../custom-fields.ts';
import { chipsOf, replaceChip } from './model.ts';
import { lexiconOf, buildLexicon } from './typed/lexicon.ts';
import { parseText } from './typed/parse.ts';
import type { Problem } from './typed/parse.ts';

const maxFilters = 20;

function problemText({ code, text, field }: Problem): string {
  return say(`views:typed.problem.${code}`, { text, field: field === undefined ? '' : fieldName(field) });
}

function addedFilters(current: readonly Filter[], candidates: readonly Filter[]): readonly Filter[] {
  const isSame = (one: Filter, other: Filter): boolean =>
    jsonEqual(one as unknown as Json, other as unknown as Json);
  return candidates.filter(
    (filter, index) =>
      ![...current, ...candidates.slice(0, index)].some((existing) => isSame(existing, filter)),
  );
}

/** The text of the box above a list: words search at once, finished conditions become chips. */
export function useTypedFilters(view: ListView) {
  const { type, search } = view;
  const tab = useTabId();
  const [text, setText] = useState(search);
  const [problem, setProblem] = useState<string | null>(null);
  const customFields = useCustomFields(type);
  const lexicon = useMemo(() => lexiconOf(type, undefined, customFields), [type, customFields]);
  const sentSearch = useRef(search);
  const latestText = useRef(text);
  useLayoutEffect(() => {
    latestText.current = text;
  }, [text]);

  useEffect(() => {
    // Something other than this box changed the address.
    if (search === sentSearch.current) return;
    sentSearch.current = search;
    setText(search);
  }, [search]);
  useEffect(() => {
    const typedSearch = parseText(lexicon, text).search;
    if (typedSearch === sentSearch.current) return;
    // Without delay: core answers within a frame or two, and earlier queries are cancelled.
    sentSearch.current = typedSearch;
    adjustList({ search: typedSearch }, tab);
  }, [text, lexicon, tab]);

  const write = (next: string): void => {
    // Leading blanks would hide the text after them.
    setText(next.trimStart());
    // A trailing blank does not change the problem.
    if (next.trim() !== text.trim()) setProblem(null);
  };

  const applyConditions = async (typedText: string): Promise<void> => {
    const result = parseText(await buildLexicon(type, typedText, customFields), typedText);
    const [first] = result.problems;
    if (first) setProblem(problemText(first));
    if (result.filters.length === 0 || !latestText.current.startsWith(typedText)) return;
    const { view: currentView } = currentAddress(tab);
    if (currentView.kind !== 'list' || currentView.type !== type) return;
    const filters = [...currentView.filters, ...addedFilters(currentView.filters, result.filters)];
    if (filters.length > maxFilters) {
      setProblem(say('views:typed.tooMany'));
      return;
    }
    const textSince = latestText.current.slice(typedText.length);
    sentSearch.current = result.search;
    setText(
      `${result.rest}${result.rest === '' || /^\s/.test(textSince) ? '' : ' '}${textSince}`.trimStart(),
    );
    adjustList({ filters, search: result.search }, tab);
  };

  const hasConditions = (): boolean => {
    const { filters, problems } = parseText(lexicon, text);
    return filters.length > 0 || problems.length > 0;
  };

  const removeLast = (): void => {
    const lastChip = chipsOf(view.filters).at(-1);
    if (lastChip) adjustList({ filters: replaceChip(view.filters, lastChip, []) }, tab);
  };

  return {
    text,
    problem,
    lexicon,
    write,
    hasConditions,
    apply: () => void applyConditions(text).catch(reportError),
    removeLast,
    clearProblem: () => setProblem(null),
  };
}
