import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { isCancelled } from '../../../api/failures.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { undoable } from '../../../stores/undo.ts';
import { kindAndWhose, nameAndWhose, toldApart } from '../../../text/alike.ts';
import type { Apart } from '../../../text/alike.ts';
import { describeError, problemText } from '../../../text/faults.ts';
import { joined, titleOr } from '../../../text/names.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { notice } from '../../../ui/notices.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { useEnding } from '../../../ui/useEnding.ts';
import { AlongTicks, useAlong } from './AlongTicks.tsx';
import type { Along } from './AlongTicks.tsx';

interface Props {
  id: string;
  records: readonly string[];
  onBack: () => void;
  onDone: () => void;
}

type Told = RestoredRecords['records'][number];

/** Most that are named when they are restored. */
const named = 3;

/** One side of what differs, as the audit would have it. */
const sideOf = ({ fields }: Told, side: 'live' | 'backup'): JsonObject =>
  Object.fromEntries(
    fields.flatMap((one) => {
      const value = one[side];
      return value === undefined ? [] : [[one.field, value] as const];
    }),
  );

/** What becomes of one record: its fields now, and as they will be. */
function Line({ record, apart }: { record: Told; apart: Apart }) {
  const { t } = useTranslation('backups');
  const { type, title, action, why } = record;
  return (
    <li>
      <h4>
        {titleOr(title, type)} <span className="dim">{kindAndWhose(record, apart)}</span>
      </h4>
      <p className="dim">
        {why !== 'reference' && `${t(`records.action.${action}`)} `}
        {why !== 'asked' && why !== 'contents' && t(`records.why.${why}`)}
      </p>
      {action === 'updated' && (
        <Changes
          change={{ type, action: 'update', before: sideOf(record, 'live'), after: sideOf(record, 'backup') }}
        />
      )}
    </li>
  );
}

/** Says what was done, with the way back. */
function told({ op_id, records }: RestoredRecords): void {
  const changed = records.filter(({ action }) => action !== 'none');
  const apart = toldApart(changed);
  const count = changed.length;
  notice({
    ...undoable(op_id),
    title: say(op_id === null ? 'backups:records.nothing' : 'backups:records.done', { count }),
    ...(op_id !== null && count <= named
      ? { more: joined(changed.map((one) => nameAndWhose(one, apart))) }
      : {}),
  });
}

/**
 * What restoring would do: the backup is read and checked for it, which takes a while and ends when nobody asks any more. What was found is
 * kept as long as the form is open: what was changed meanwhile is refused by restoring, and looked at anew then.
 */
function usePreview(asked: { id: string; records: string[] } & Along) {
  const [opened] = useState(() => crypto.randomUUID());
  const [far, setFar] = useState<Progress | null>(null);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ['backup-records', opened, asked],
    queryFn: async ({ signal }) => {
      setFar(null);
      return follow(api.backups.restoreRecords({ ...asked, dry: true }, { signal }), setFar, signal);
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { preview: data, error, looking: isFetching, ofAnother: isPlaceholderData, far, refetch };
}

/** What restoring the chosen records would do, field by field; and the restoring itself. */
export function RecordsPreview({ id, records, onBack, onDone }: Props) {
  const { t } = useTranslation(['backups', 'common']);
  const { along, choose, unchoose } = useAlong();
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const { begin, end } = useEnding();
  const asked = { id, records: [...records], ...along };
  const { preview, error, looking, ofAnother, far, refetch } = usePreview(asked);
  const apart = toldApart(preview?.records ?? []);
  const wrong = failure ?? (error ? (describeError(error).detail ?? describeError(error).title) : null);
  // What was seen before the links were asked for, or left out, is still there.
  const stopLooking = ofAnother ? unchoose : onBack;
  const restore = async (): Promise<void> => {
    const signal = begin();
    setRunning(true);
    setFailure(null);
    try {
      // That it is of another workspace was said where they were picked.
      const wanted = { ...asked, seen: preview?.head, another: preview?.another };
      const done = await follow(api.backups.restoreRecords(wanted, { signal }), setProgress, signal);
      onDone();
      told(done);
    } catch (reason) {
      const { code, title, detail } = describeError(reason);
      setRunning(false);
      setProgress(null);
      // What was changed since is seen first.
      if (code === 'MOVED_ON') await refetch();
      if (!isCancelled(reason)) setFailure(detail ?? title);
    }
  };
  return (
    <form
      className="backup-form"
      onSubmit={(event) => {
        event.preventDefault();
        void restore();
      }}
    >
      {preview && (
        <ul className="backup-records backup-become" aria-label={t('records.become')}>
          {preview.records
            .filter(({ why }) => why !== 'contents')
            .map((record) => (
              <Line key={record.id} {...{ record, apart }} />
            ))}
        </ul>
      )}
      {preview && (
        <AlongTicks along={along} preview={preview} onChange={(next) => choose(next, !ofAnother)} />
      )}
      {preview && preview.problems.length > 0 && (
        <ul role="alert" className="backup-problem">
          {preview.problems.slice(0, 8).map((issue) => (
            <li key={issue.path}>{problemText(issue)}</li>
          ))}
        </ul>
      )}
      {wrong !== null && (
        <p role="alert" className="backup-problem">
          {wrong}
        </p>
      )}
      <p className="dim">{t('records.note')}</p>
      {looking && <ProgressLine progress={far} label={t('records.looking')} />}
      {running && <ProgressLine progress={progress} label={t('records.running')} />}
      <div className="dialog-buttons">
        <Button variant="default" onClick={running ? end : looking ? stopLooking : onBack}>
          {running || looking ? t('common:cancel') : t('records.back')}
        </Button>
        <Button
          data-autofocus
          type="submit"
          loading={running}
          disabled={!preview || looking || ofAnother || preview.problems.length > 0}
        >
          {t('restore.yes')}
        </Button>
      </div>
    </form>
  );
}
