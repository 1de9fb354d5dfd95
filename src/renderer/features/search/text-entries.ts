import { useDebouncedValue } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { recordIn } from '#shared/address/view.ts';
import type { SearchHit } from '#shared/contract/search.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { queryFor } from '../../stores/queries.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { foundIn } from '../../text/found-in.ts';
import { fieldName, titleOr, typeName } from '../../text/names.ts';
import { exactTime } from '../../text/time.ts';
import { iconOf } from '../../ui/icons.ts';
import { rememberPassage } from '../records/notes/found-passage.ts';
import type { Entry } from './entry.ts';

/** Most records of each group; `allTexts` on request. */
const most = { texts: 6, allTexts: 50, earlier: 4, meaning: 6 };
/** Hits that may be in the group of names too. */
const mostNames = 10;
/** Texts are searched after this pause in typing, and from this many letters. */
const textPause = 200;
/** Search by meaning needs much processor time, so it waits for the end of typing. */
const meaningPause = 500;
const fewestLetters = 3;

/** The records that a document or comment is about, with universities. */
const aboutText = (about: SearchHit['about'], universities: ReadonlyMap<string, string>): string =>
  about
    .map(({ type, title, university_id }) => {
      const university = universities.get(university_id ?? '');
      return university === undefined ? titleOr(title, type) : `${titleOr(title, type)} (${university})`;
    })
    .join(', ');

/** A record with its match; `more` says where or why. */
const hitEntry = (
  { id, type, title, university_id, about, excerpt }: Omit<SearchHit, 'found' | 'field' | 'page' | 'more'>,
  more: string,
  universities: ReadonlyMap<string, string>,
): Entry => ({
  id,
  label: titleOr(title, type),
  icon: iconOf[type],
  aside: [typeName(type), aboutText(about, universities) || (universities.get(university_id ?? '') ?? '')]
    .filter(Boolean)
    .join(' · '),
  more,
  excerpt,
  view: recordIn(type, id),
});

/** More texts were found. `expand` shows them; null if the limit is reached. */
const restEntry = (rest: number, expand: (() => void) | null): Entry => ({
  id: 'texts.more',
  icon: IconDots,
  keepsOpen: true,
  ...(expand
    ? { label: say('search:showMore', { count: Math.min(rest, most.allTexts - most.texts) }), run: expand }
    : { label: say('search:notShown', { count: rest }), more: say('search:narrow'), refused: true }),
});

/** Records found by text, without those found by name, and others by former values, which open their history. */
export function useTextEntries(
  text: string,
  found: readonly Entry[],
): { texts: readonly Entry[]; earlier: readonly Entry[] } {
  const { t } = useTexts('search');
  const [searched] = useDebouncedValue(text, textPause);
  const universities = useUniversityNames(text !== '');
  const isSearched = text.length >= fewestLetters && text === searched;
  const { data } = useQuery({
    ...queryFor('search.find', { text: searched, limit: most.allTexts + mostNames }),
    enabled: isSearched,
  });
  const [expanded, setExpanded] = useState('');
  if (!isSearched || !data) return { texts: [], earlier: [] };
  const known = new Set(found.map(({ id }) => id));
  const isNew = ({ id }: { id: string }): boolean => !known.has(id);
  const hits = data.hits.filter(isNew);
  const shown = hits.slice(0, expanded === searched ? most.allTexts : most.texts);
  const texts = shown.map((hit): Entry => ({
    ...hitEntry(hit, `${foundIn(hit)}: `, universities),
    prepare: () => rememberPassage(hit, searched),
  }));
  const rest = data.total - data.hits.length + hits.length - shown.length;
  if (rest > 0) texts.push(restEntry(rest, expanded === searched ? null : () => setExpanded(searched)));
  return {
    texts,
    earlier: data.earlier
      .filter(isNew)
      .slice(0, most.earlier)
      .map((hit) => ({
        ...hitEntry(
          hit,
          `${t('until', { field: fieldName(hit.field), when: exactTime(hit.until) })}: `,
          universities,
        ),
        // A record may be in both groups, with a similar word now.
        id: `earlier.${hit.id}`,
        view: recordIn(hit.type, hit.id, 'history'),
      })),
  };
}

/** Records found by meaning, without those already found. They arrive last, so their group is the last. */
export function useMeaningEntries(text: string, found: readonly Entry[]): readonly Entry[] {
  const { t } = useTexts('search');
  const [searched] = useDebouncedValue(text, meaningPause);
  const universities = useUniversityNames(text !== '');
  const isSearched = text.length >= fewestLetters && text === searched;
  const { data } = useQuery({
    ...queryFor('search.find', { text: searched, limit: most.texts + mostNames, meaning: true }),
    enabled: isSearched,
  });
  if (!isSearched) return [];
  const known = new Set(found.map(({ id }) => id));
  return (data?.byMeaning ?? [])
    .filter(({ id }) => !known.has(id))
    .slice(0, most.meaning)
    .map((hit) => {
      const percent = Math.round(hit.similarity * 100);
      return {
        ...hitEntry(hit, `${t('similar', { percent })} · ${foundIn(hit)}: `, universities),
        prepare: () => rememberPassage(hit, ''),
      };
    });
}
