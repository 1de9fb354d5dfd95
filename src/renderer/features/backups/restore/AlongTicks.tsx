import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import { tableOf } from '#shared/domain/types.ts';
import { countedAll } from '../../../text/names.ts';

/** What comes along with records only where that is asked for: what went with them, their links, and the fields that named them. */
export interface Along {
  contents: boolean;
  links: boolean;
  references: boolean;
}

/** Who wants a university back mostly means all of it. */
const first: Along = { contents: true, links: false, references: false };

/** What is to come along. `unchoose` goes back to what was chosen when a preview was seen last. */
export function useAlong() {
  const [along, setAlong] = useState(first);
  const [seen, setSeen] = useState(first);
  return {
    along,
    /** `shown` says that what was chosen so far has been seen. */
    choose: (next: Along, shown: boolean): void => {
      if (shown) setSeen(along);
      setAlong(next);
    },
    unchoose: (): void => setAlong(seen),
  };
}

interface Props {
  along: Along;
  preview: Pick<
    RestoredRecords,
    'records' | 'contents_left' | 'links_left' | 'links_apart' | 'references_left'
  >;
  onChange: (along: Along) => void;
}

/** What went with universities, whether it comes or not, in words; '' where nothing did. */
function contentsText({ records, contents_left }: Props['preview']): string {
  const counts: Record<string, number> = { ...contents_left };
  for (const { type, why } of records)
    if (why === 'contents') counts[tableOf[type]] = (counts[tableOf[type]] ?? 0) + 1;
  return countedAll(counts);
}

/** What no tick brings back, and what does. */
function LinksApart({ links, ends, named }: RestoredRecords['links_apart']) {
  const { t } = useTranslation('backups');
  if (links === 0) return null;
  const titles = named.map(({ title }) => title);
  if (ends > titles.length) titles.push(t('records.apartMore', { count: ends - titles.length }));
  return (
    <Text size="xs" c="dimmed">
      {t('records.apart', { count: links, what: titles.join(', ') })}
    </Text>
  );
}

/** A tick for each of what could come along, and how much that is. */
export function AlongTicks({ along, preview, onChange }: Props) {
  const { t } = useTranslation('backups');
  const what = contentsText(preview);
  const left = { links: preview.links_left, references: preview.references_left };
  const offered = (['links', 'references'] as const).filter((one) => along[one] || left[one] > 0);
  const universities = preview.records.filter(({ type, why }) => type === 'university' && why === 'asked');
  const tick = (one: keyof Along, label: string, description: string | undefined) => (
    <Checkbox
      key={one}
      size="xs"
      checked={along[one]}
      onChange={(event) => onChange({ ...along, [one]: event.currentTarget.checked })}
      label={label}
      description={description}
    />
  );
  return (
    <>
      {what !== '' &&
        tick(
          'contents',
          t('records.contents', { count: universities.length }),
          t('records.contentsLeft', { what }),
        )}
      {offered.map((one) =>
        tick(
          one,
          t(`records.${one}`),
          along[one] ? undefined : t(`records.${one}Left`, { count: left[one] }),
        ),
      )}
      <LinksApart {...preview.links_apart} />
    </>
  );
}
