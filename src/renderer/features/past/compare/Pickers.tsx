import { ActionIcon, Select } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { MomentsView } from '#shared/address/view.ts';
import type { ComparedSide } from '#shared/contract/comparison.ts';
import type { Moment } from '#shared/contract/moments.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { api } from '../../../api/client.ts';
import { useBackups } from '../../../stores/backups.ts';
import { useGoldenVersions } from '../../../stores/golden.ts';
import { useOpenMoment } from '../../../stores/moments.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { momentToSecond } from '../../../text/formats.ts';
import { useCheckpoints } from '../../../stores/checkpoints.ts';
import { isLive } from '../../../stores/target.ts';
import { useSandboxes } from '../../play/useSandboxes.ts';
import { headingOf, momentText } from './sides.ts';
import styles from '../past.module.css';

/** Latest changes offered; others are reached through the slider. */
const latest = 50;

interface Option {
  value: string;
  label: string;
}

/** Versions and sandboxes that can be compared, newest first. */
function useCopies() {
  const { t } = useTexts('backups');
  const { data: versions = [] } = useGoldenVersions({ enabled: isLive() });
  const { data: backups = [] } = useBackups();
  const { data: sandboxes = [] } = useSandboxes();
  type Copy = Pick<ComparedSide, 'id' | 'name' | 'created_at'>;
  const group = (kind: 'golden' | 'backup' | 'sandbox', name: string, copies: readonly Copy[]) => ({
    group: name,
    items: copies.map((one) => ({ value: `${kind}:${one.id}`, label: headingOf({ kind, ...one }) })),
  });
  return [
    group(
      'golden',
      t('show.golden'),
      versions.flatMap(({ version, note, made, problem }) =>
        problem === null ? { id: String(version), name: note ?? '', created_at: made ?? '' } : [],
      ),
    ),
    group(
      'backup',
      t('show.backup'),
      backups.flatMap(({ id, reason, made, problem }) =>
        problem === null && made !== null ? { id, name: reason, created_at: made } : [],
      ),
    ),
    group(
      'sandbox',
      t('care:finding.sandboxes'),
      sandboxes.flatMap(({ id, name, problem }) =>
        problem === null ? { id, name: name ?? id, created_at: '' } : [],
      ),
    ),
  ].filter(({ items }) => items.length > 0);
}

/** Choices: now, the beginning, checkpoints, the open point in time, the latest changes, versions and sandboxes, and the current choice. */
function useOptions(compared: readonly (Moment | null | undefined)[], chosen: readonly string[]) {
  const { t } = useTexts('past');
  const { data: checkpoints = [] } = useCheckpoints();
  const copies = useCopies();
  const opened = useOpenMoment().data?.moment ?? undefined;
  const { data } = useQuery({
    queryKey: queryKeys.latestMoments,
    queryFn: ({ signal }) => api.moments.list({ limit: latest }, { signal }),
    refetchOnMount: 'always',
  });
  const named = checkpoints
    .filter(({ lost }) => !lost)
    .map(({ id, name, created_at }): Option => ({
      value: id,
      label: t('common:brackets', { a: name, b: momentToSecond(created_at) }),
    }));
  const moments = new Map<string, Option>();
  for (const moment of [opened, ...compared, ...(data?.rows ?? [])])
    if (moment) moments.set(String(moment.id), { value: String(moment.id), label: momentText(moment) });
  const byTime = [...moments.values()].sort((a, b) => Number(b.value) - Number(a.value));
  const ends: Option[] = [
    { value: 'now', label: t('whatif:now') },
    { value: 'first', label: t('compare.first') },
  ];
  const known = new Set(
    [...ends, ...named, ...copies.flatMap(({ items }) => items)].map(({ value }) => value),
  );
  const other = chosen
    .filter((value) => !known.has(value) && !moments.has(value))
    .map((value) => ({ value, label: value }));
  return [
    { group: t('compare.groups.other'), items: [...ends, ...other] },
    ...(named.length > 0 ? [{ group: t('bar.checkpoints'), items: named }] : []),
    { group: t('home:recent.title'), items: byTime },
    ...copies,
  ];
}

interface Props {
  view: MomentsView;
  from: ComparedSide | undefined;
  to: ComparedSide | undefined;
  onPick: (part: Partial<Pick<MomentsView, 'from' | 'to'>>) => void;
}

export function Pickers({ view, from, to, onPick }: Props) {
  const { t } = useTexts('past');
  const options = useOptions([from?.point, to?.point], [view.from, view.to]);
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
    <div className={`flex gap-8 ${styles.pickers}`}>
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
