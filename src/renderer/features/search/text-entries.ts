import { useDebouncedValue } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listWithRecord } from '#shared/address/view.ts';
import type { SearchHit } from '#shared/contract/search.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { queryFor } from '../../stores/queries.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { matchLocation } from '../../text/match-location.ts';
import { fieldName, displayTitle, typeName } from '../../text/names.ts';
import { exactTime } from '../../text/time.ts';
import { iconOf } from '../../ui/icons.ts';
import { rememberPassage } from '../records/notes/found-passage.ts';
import type { Entry } from './entry.ts';

/** The maximum number of records of each group; `allTexts` after the user asks for more. */
const maxEntries = { texts: 6, allTexts: 50, earlier: 4, meaning: 6 };
/** This many more hits are read, because those already found by name are left out. */
const maxNameHits = 10;
/** Milliseconds of pause in typing before texts are searched. */
const textPauseMs = 200;
/** Search by meaning needs much processor time, so it waits for the end of typing. */
const meaningPauseMs = 500;
const minLetters = 3;

/** The records that a document or comment is about, with universities. */
const aboutText = (subjects: SearchHit['about'], universities: ReadonlyMap<string, string>): string =>
  subjects
    .map(({ type, title, university_id }) => {
      const university = universities.get(university_id ?? '');
      return university === undefined
        ? displayTitle(title, type)
        : `${displayTitle(title, type)} (${university})`;
    })
    .join(', ');

/** The entry of a hit; `more` says where the match is, or how similar the text is. */
const hitEntry = (
  { id, type, title, university_id, about, excerpt }: Omit<SearchHit, 'found' | 'field' | 'page' | 'more'>,
  more: string,
  universities: ReadonlyMap<string, string>,
): Entry => ({
  id,
  label: displayTitle(title, type),
  icon: iconOf[type],
  aside: [typeName(type), aboutText(about, universities) || (universities.get(university_id ?? '') ?? '')]
    .filter(Boolean)
    .join(' · '),
  more,
  excerpt,
  view: listWithRecord(type, id),
});

/** The entry for further texts. `expand` shows them; null if the limit is reached. */
const moreEntry = (hiddenCount: number, expand: (() => void) | null): Entry => ({
  id: 'texts.more',
  icon: IconDots,
  keepsOpen: true,
  ...(expand
    ? {
        label: say('search:showMore', {
          count: Math.min(hiddenCount, maxEntries.allTexts - maxEntries.texts),
        }),
        run: expand,
      }
    : { label: say('search:notShown', { count: hiddenCount }), more: say('search:narrow'), refused: true }),
});

/** Records found by text, without those found by name, and records found by former values, which open their history. */
export function useTextEntries(
  text: string,
  nameEntries: readonly Entry[],
): { texts: readonly Entry[]; earlier: readonly Entry[] } {
  const { t } = useTexts('search');
  const [searchText] = useDebouncedValue(text, textPauseMs);
  const universities = useUniversityNames(text !== '');
  const isSearched = text.length >= minLetters && text === searchText;
  const { data } = useQuery({
    ...queryFor('search.find', { text: searchText, limit: maxEntries.allTexts + maxNameHits }),
    enabled: isSearched,
  });
  const [expandedSearch, setExpanded] = useState('');
  if (!isSearched || !data) return { texts: [], earlier: [] };
  const foundIds = new Set(nameEntries.map(({ id }) => id));
  const isNew = ({ id }: { id: string }): boolean => !foundIds.has(id);
  const hits = data.hits.filter(isNew);
  const shownHits = hits.slice(0, expandedSearch === searchText ? maxEntries.allTexts : maxEntries.texts);
  const texts = shownHits.map((hit): Entry => ({
    ...hitEntry(hit, `${matchLocation(hit)}: `, universities),
    prepare: () => rememberPassage(hit, searchText),
  }));
  const hiddenCount = data.total - data.hits.length + hits.length - shownHits.length;
  if (hiddenCount > 0)
    texts.push(moreEntry(hiddenCount, expandedSearch === searchText ? null : () => setExpanded(searchText)));
  return {
    texts,
    earlier: data.earlier
      .filter(isNew)
      .slice(0, maxEntries.earlier)
      .map((hit) => ({
        ...hitEntry(
          hit,
          `${t('until', { field: fieldName(hit.field), when: exactTime(hit.until) })}: `,
          universities,
        ),
        // A record can be in both groups, so the ids must differ.
        id: `earlier.${hit.id}`,
        view: listWithRecord(hit.type, hit.id, 'history'),
      })),
  };
}

/** Records found by meaning, without those already found. They arrive last, so their group is the last. */
export function useMeaningEntries(text: string, otherEntries: readonly Entry[]): readonly Entry[] {
  const { t } = useTexts('search');
  const [searchText] = useDebouncedValue(text, meaningPauseMs);
  const universities = useUniversityNames(text !== '');
  const isSearched = text.length >= minLetters && text === searchText;
  const { data } = useQuery({
    ...queryFor('search.find', { text: searchText, limit: maxEntries.texts + maxNameHits, meaning: true }),
    enabled: isSearched,
  });
  if (!isSearched) return [];
  const foundIds = new Set(otherEntries.map(({ id }) => id));
  return (data?.byMeaning ?? [])
    .filter(({ id }) => !foundIds.has(id))
    .slice(0, maxEntries.meaning)
    .map((hit) => {
      const percent = Math.round(hit.similarity * 100);
      return {
        ...hitEntry(hit, `${t('similar', { percent })} · ${matchLocation(hit)}: `, universities),
        prepare: () => rememberPassage(hit, ''),
      };
    });
}
