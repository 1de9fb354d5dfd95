import { ActionIcon, Select } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MomentsView } from '#shared/address/view.ts';
import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { useOpenMoment } from '../../../stores/moments.ts';
import { keys } from '../../../stores/queries.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { momentToSecond } from '../../../text/formats.ts';
import { useCheckpoints } from '../../../stores/checkpoints.ts';

/** Of the latest changes so many are offered; any other moment is looked at and compared from there. */
const latest = 50;

/** A moment in words: when it was, and what was done last before it. */
export function momentText({ created_at, label, params }: Moment): string {
  return say('past:compare.moment', {
    when: momentToSecond(created_at),
    what: describeTransaction(label, params),
  });
}

interface Option {
  value: string;
  label: string;
}

/** What may be compared: now, the beginning, named moments, the one that is looked at, the latest changes; and what is compared already. */
function useOptions(compared: readonly (Moment | undefined)[], chosen: readonly string[]) {
  const { t } = useTranslation('past');
  const { data: checkpoints = [] } = useCheckpoints();
  const opened = useOpenMoment().data?.moment ?? undefined;
  const { data } = useQuery({
    queryKey: keys.pastCompared({ latest }),
    queryFn: ({ signal }) => api.moments.list({ limit: latest }, { signal }),
    refetchOnMount: 'always',
  });
  const named = checkpoints
    .filter(({ lost }) => !lost)
    .map(({ id, name, created_at }): Option => ({
      value: id,
      label: t('compare.checkpoint', { name, when: momentToSecond(created_at) }),
    }));
  const moments = new Map<string, Option>();
  for (const moment of [opened, ...compared, ...(data?.rows ?? [])])
    if (moment) moments.set(String(moment.id), { value: String(moment.id), label: momentText(moment) });
  const byTime = [...moments.values()].sort((a, b) => Number(b.value) - Number(a.value));
  const ends: Option[] = [
    { value: 'now', label: t('compare.now') },
    { value: 'first', label: t('compare.first') },
  ];
  const known = new Set([...ends, ...named].map(({ value }) => value));
  const other = chosen
    .filter((value) => !known.has(value) && !moments.has(value))
    .map((value) => ({ value, label: value }));
  return [
    { group: t('compare.groups.other'), items: [...ends, ...other] },
    ...(named.length > 0 ? [{ group: t('compare.groups.checkpoints'), items: named }] : []),
    { group: t('compare.groups.moments'), items: byTime },
  ];
}

interface Props {
  view: MomentsView;
  from: Moment | undefined;
  to: Moment | undefined;
  onPick: (part: Partial<Pick<MomentsView, 'from' | 'to'>>) => void;
}

/** Which two moments are compared. */
export function Pickers({ view, from, to, onPick }: Props) {
  const { t } = useTranslation('past');
  const options = useOptions([from, to], [view.from, view.to]);
  const field = (side: 'from' | 'to') => (
    <Select
      size="xs"
      searchable
      allowDeselect={false}
      label={t(`compare.${side}`)}
      data={options}
      value={view[side]}
      onChange={(value) => value !== null && onPick({ [side]: value })}
    />
  );
  return (
    <div className="past-pickers">
      {field('from')}
      <ActionIcon
        aria-label={t('compare.swap')}
        title={t('compare.swap')}
        onClick={() => onPick({ from: view.to, to: view.from })}
      >
        <IconArrowsExchange size={18} stroke={1.6} />
      </ActionIcon>
      {field('to')}
    </div>
  );
}
