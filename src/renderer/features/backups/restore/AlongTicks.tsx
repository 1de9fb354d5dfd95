import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';

/** What comes along with records only where that is asked for: their links, and the fields that named them. */
export interface Along {
  links: boolean;
  references: boolean;
}

const nothing: Along = { links: false, references: false };

/** What is to come along. `unchoose` goes back to what was chosen when a preview was seen last. */
export function useAlong() {
  const [along, setAlong] = useState(nothing);
  const [seen, setSeen] = useState(nothing);
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
  preview: Pick<RestoredRecords, 'links_left' | 'references_left'>;
  onChange: (along: Along) => void;
}

/** A tick for each of what could come along, and how much that is. */
export function AlongTicks({ along, preview, onChange }: Props) {
  const { t } = useTranslation('backups');
  const left = { links: preview.links_left, references: preview.references_left };
  const offered = (['links', 'references'] as const).filter((one) => along[one] || left[one] > 0);
  return offered.map((one) => (
    <Checkbox
      key={one}
      size="xs"
      checked={along[one]}
      onChange={(event) => onChange({ ...along, [one]: event.currentTarget.checked })}
      label={t(`records.${one}`)}
      description={along[one] ? undefined : t(`records.${one}Left`, { count: left[one] })}
    />
  ));
}
