import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { GoldenDifferences, GoldenStatus, GoldenVersion } from '#shared/contract/golden.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { follow } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { useGoldenStatus, useGoldenVersions } from '../../stores/golden.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { keys } from '../../stores/queries.ts';
import { flush } from '../../stores/seat.ts';
import { describeError } from '../../text/faults.ts';
import { exact } from '../../text/time.ts';
import { ActionFrame } from '../../ui/ActionDialog.tsx';
import { openDialog } from '../../ui/dialog.tsx';
import { report } from '../../ui/notices.tsx';
import { useTypedName } from '../../ui/TypedName.tsx';
import { CountsTable } from '../backups/restore/CountsTable.tsx';
import { useMet } from './check.ts';
import { publishGolden } from './publish.tsx';
import './golden.css';

/** Asks whether a golden version shall take the place of the records, after showing what that would do. */
export function resetToGolden(version: number): void {
  openDialog({ title: say('golden:reset.title', { version }), size: 520 }, (close) => (
    <ResetForm version={version} onDone={close} />
  ));
}

/** What differs, counted, and what would become of it. */
function Differs({ found: { counts }, meant }: Pick<Preview, 'found' | 'meant'>) {
  const { t } = useTranslation('golden');
  const kinds = (['added', 'removed', 'changed'] as const).filter((kind) => counts[kind] > 0);
  if (kinds.length === 0) return <p>{t('reset.nothing')}</p>;
  return (
    <ul className="golden-differs" aria-label={t('reset.differs')}>
      {kinds.map((kind) => (
        <li key={kind}>
          {t(meant.shipped === null ? `reset.${kind}` : `reset.apart.${kind}`, { count: counts[kind] })}
        </li>
      ))}
    </ul>
  );
}

interface Preview {
  status: GoldenStatus;
  found: GoldenDifferences;
  meant: GoldenVersion;
  counts: NonNullable<GoldenVersion['counts']>;
  /** Whether a version of the own records was published, and can be used. */
  own: boolean;
}

/** What a reset would do: how many records there are now and then, and how many of them differ. */
function usePreview(version: number) {
  const { data: status } = useGoldenStatus();
  const { data: versions } = useGoldenVersions();
  const { data: found, error } = useQuery({
    queryKey: keys.goldenDiff(version, 'preview'),
    queryFn: ({ signal }) => follow(api.golden.diff({ version, limit: 0 }, { signal }), () => {}, signal),
    gcTime: 0,
  });
  useMet(error);
  const meant: GoldenVersion | undefined = versions?.find((one) => one.version === version);
  const own = versions?.some(({ shipped, problem }) => shipped === null && problem === null) === true;
  const ready: Preview | null =
    status && found && meant?.counts ? { status, found, meant, own, counts: meant.counts } : null;
  return { preview: ready, failure: error ? describeError(error) : null };
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Said of a version that comes with FRAMES: it is made up, and how to keep the own records as one, where there is none of them. */
function Sample({ preview, onDone }: { preview: Preview; onDone: () => void }) {
  const { t } = useTranslation('golden');
  const { data: workspace } = useWorkspace();
  const { status, meant, counts, own } = preview;
  if (meant.shipped === null) return null;
  const now = total(status.live.counts);
  const said = { version: meant.version, records: total(counts), name: workspace?.name ?? '' };
  return (
    <div className="golden-sample" role="note">
      <IconAlertTriangle size={18} stroke={1.6} aria-hidden />
      <p>{t(now === 0 ? 'reset.sampleAlone' : 'reset.sample', { ...said, count: now })}</p>
      {!own && now > 0 && (
        <>
          <p>{t('reset.noOwn')}</p>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              onDone();
              publishGolden();
            }}
          >
            {t('publishCommand')}
          </Button>
        </>
      )}
    </div>
  );
}

function ResetForm({ version, onDone }: { version: number; onDone: () => void }) {
  const { t } = useTranslation(['golden', 'backups']);
  const { data: workspace } = useWorkspace();
  const { preview, failure } = usePreview(version);
  const { meant, field } = useTypedName();
  const ready = preview && meant;
  const reset = async (): Promise<void> => {
    // What was typed last belongs to the page that goes.
    await flush();
    await shell.workspace.reset({ version, actor: workspace?.actor.id ?? '' });
  };
  return (
    <ActionFrame
      working={null}
      failure={failure && (failure.detail ?? failure.title)}
      button={t('reset.yes')}
      running={false}
      bad
      blocked={!ready}
      more={
        !(preview && total(preview.found.counts) === 0) && (
          <Button
            className="golden-see"
            variant="subtle"
            onClick={() => {
              onDone();
              go({ kind: 'golden-compare', version });
            }}
          >
            {t('reset.see')}
          </Button>
        )
      }
      onRun={() => {
        onDone();
        void reset().catch((error: unknown) => report(error, t('reset.failed')));
      }}
      onCancel={onDone}
    >
      {!preview && !failure && <p className="dim">{t('backups:restore.looking')}</p>}
      {preview && (
        <>
          <p className="dim cut">
            {preview.meant.made !== null && exact(preview.meant.made)}
            {(preview.meant.note ?? '') !== '' && ` · ${preview.meant.note}`}
          </p>
          <Sample preview={preview} onDone={onDone} />
          <CountsTable
            now={preview.status.live.counts}
            then={preview.counts}
            called={t('reset.inVersion', { version })}
          />
          <Differs {...preview} />
          <p className="dim">{t('reset.safe')}</p>
          {field}
        </>
      )}
    </ActionFrame>
  );
}
