import { ActionIcon, Select } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { MomentsView } from '#shared/address/view.ts';
import type { ComparedSide } from '#shared/contract/comparison.ts';
import type { Moment } from '#shared/contract/moments.ts';
import { useTexts, say } from '../../../i18n/setup.ts';
import { useBackups } from '../../../stores/backups.ts';
import { useGoldenVersions } from '../../../stores/golden.ts';
import { useOpenPoint } from '../../../stores/open-point.ts';
import { queryFor } from '../../../stores/queries.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { useCheckpoints } from '../../../stores/checkpoints.ts';
import { isLive } from '../../../stores/target.ts';
import { useSandboxes } from '../../play/useSandboxes.ts';
import styles from '../past.module.css';
import { describeTransaction } from '../../../text/audit.ts';
import { exactTime } from '../../../text/time.ts';
import { reasonText } from '../../versions/reasons.ts';

/** The list offers this many of the latest changes; the slider reaches the others. */
const maxLatestChanges = 50;

interface Option {
  value: string;
  label: string;
}

/** Versions and sandboxes that can be compared, newest first. */
function useCopyGroups() {
  const { t } = useTexts('backups');
  const { data: versions = [] } = useGoldenVersions({ enabled: isLive() });
  const { data: backups = [] } = useBackups();
  const { data: sandboxes = [] } = useSandboxes();
  type Copy = Pick<ComparedSide, 'id' | 'name' | 'created_at'>;
  const groupOf = (kind: 'golden' | 'backup' | 'sandbox', name: string, copies: readonly Copy[]) => ({
    group: name,
    items: copies.map((copy) => ({ value: `${kind}:${copy.id}`, label: headingOf({ kind, ...copy }) })),
  });
  return [
    groupOf(
      'golden',
      t('show.golden'),
      versions.flatMap(({ version, note, made, problem }) =>
        problem === null ? { id: String(version), name: note ?? '', created_at: made ?? '' } : [],
      ),
    ),
    groupOf(
      'backup',
      t('show.backup'),
      backups.flatMap(({ id, reason, made, problem }) =>
        problem === null && made !== null ? { id, name: reason, created_at: made } : [],
      ),
    ),
    groupOf(
      'sandbox',
      t('care:finding.sandboxes'),
      sandboxes.flatMap(({ id, name, problem }) =>
        problem === null ? { id, name: name ?? id, created_at: '' } : [],
      ),
    ),
  ].filter(({ items }) => items.length > 0);
}

/** Choices: now, the beginning, checkpoints, the open point in time, the latest changes, versions and sandboxes, and the current choice. */
function useOptions(comparedPoints: readonly (Moment | null | undefined)[], selected: readonly string[]) {
  const { t } = useTexts('past');
  const { data: checkpoints = [] } = useCheckpoints();
  const copyGroups = useCopyGroups();
  const openMoment = useOpenPoint().data?.moment ?? undefined;
  const { data } = useQuery({
    ...queryFor('moments.list', { limit: maxLatestChanges }),
    refetchOnMount: 'always',
  });
  const checkpointOptions = checkpoints
    .filter(({ lost }) => !lost)
    .map(({ id, name, created_at }): Option => ({
      value: id,
      label: t('common:brackets', { a: name, b: dateTimeToSecond(created_at) }),
    }));
  const momentOptions = new Map<string, Option>();
  for (const moment of [openMoment, ...comparedPoints, ...(data?.rows ?? [])])
    if (moment) momentOptions.set(String(moment.id), { value: String(moment.id), label: momentText(moment) });
  const sortedMoments = [...momentOptions.values()].sort((a, b) => Number(b.value) - Number(a.value));
  const edgeOptions: Option[] = [
    { value: 'now', label: t('whatif:now') },
    { value: 'first', label: t('compare.first') },
  ];
  const knownValues = new Set(
    [...edgeOptions, ...checkpointOptions, ...copyGroups.flatMap(({ items }) => items)].map(
      ({ value }) => value,
    ),
  );
  const otherOptions = selected
    .filter((value) => !knownValues.has(value) && !momentOptions.has(value))
    .map((value) => ({ value, label: value }));
  return [
    { group: t('compare.groups.other'), items: [...edgeOptions, ...otherOptions] },
    ...(checkpointOptions.length > 0 ? [{ group: t('bar.checkpoints'), items: checkpointOptions }] : []),
    { group: t('home:recent.title'), items: sortedMoments },
    ...copyGroups,
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
  const renderPicker = (side: 'from' | 'to') => (
    <Select
      size="xs"
      searchable
      label={t(`compare.${side}`)}
      data={options}
      value={view[side]}
      onChange={(value) => value !== null && onPick({ [side]: value })}
    />
  );
  return (
    <div className={`flex gap-8 ${styles.pickers}`}>
      {renderPicker('from')}
      <ActionIcon
        aria-label={t('compare.swap')}
        title={t('compare.swap')}
        onClick={() => onPick({ from: view.to, to: view.from })}
      >
        <IconArrowsExchange size={18} stroke={1.6} />
      </ActionIcon>
      {renderPicker('to')}
    </div>
  );
}

const withNote = (text: string, note: string): string =>
  note === '' ? text : say('common:dot', { a: text, b: note });

/** The heading of a side of a comparison. */
export function headingOf({
  kind,
  id,
  name,
  created_at,
}: Pick<ComparedSide, 'kind' | 'id' | 'name' | 'created_at'>): string {
  if (kind === 'point') return say('frame:past', { when: dateTimeToSecond(created_at) });
  if (kind === 'golden') return withNote(say('backups:called.golden', { title: id }), name);
  if (kind === 'backup')
    return withNote(say('past:compare.backup', { when: exactTime(created_at) }), reasonText(name));
  return kind === 'live' ? say('compare:column.live') : name;
}

/** A point in time in words: when, and the last change before it. */
function momentText({ created_at, label, params }: Moment): string {
  return say('common:dot', { a: dateTimeToSecond(created_at), b: describeTransaction(label, params) });
}
