import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { sumOf } from '#shared/domain/counts.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { compareWithNow } from '../actions.ts';
import { useGoldenStatus, useGoldenVersions } from '../../../stores/golden.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { exactTime } from '../../../text/time.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { VersionForm } from '../restore/VersionForm.tsx';
import { storeGoldenFailure } from './check.ts';
import { publishGolden } from './publish.tsx';
import styles from './golden.module.css';

export function resetToGolden(version: number): void {
  openDialog({ title: say('golden:reset.title', { version }), size: 520 }, (close) => (
    <VersionForm
      input={{ version }}
      restore={(request, options) => api.golden.reset({ version, ...request }, options)}
      onRefused={storeGoldenFailure}
      intro={<VersionNote version={version} onDone={close} />}
      extraButton={
        <Button
          className={styles.see}
          variant="subtle"
          onClick={() => {
            close();
            compareWithNow('golden', version);
          }}
        >
          {say('golden:reset.see')}
        </Button>
      }
      buttonLabel={say('golden:reset.yes')}
      doneText={say('golden:reset.done', { version })}
      onDone={close}
    />
  ));
}

/** Warns that the shipped version has fictitious records, and offers to publish the current records if no other version exists. */
function ShippedWarning({ version, onDone }: { version: number; onDone: () => void }) {
  const { t } = useTexts('golden');
  const { data: workspace } = useWorkspace();
  const { data: status } = useGoldenStatus();
  const { data: versions } = useGoldenVersions();
  const goldenVersion = versions?.find((one) => one.version === version);
  if (!status || goldenVersion?.shipped == null) return null;
  const hasOwnVersion =
    versions?.some(({ shipped, problem }) => shipped === null && problem === null) === true;
  const count = sumOf(status.live.counts);
  const params = { version, records: sumOf(goldenVersion.counts ?? {}), name: workspace?.name ?? '' };
  return (
    <div className={`stack gap-8 small pad-12 rounded on-warn marked ${styles.sample}`} role="note">
      <IconAlertTriangle className="warn" size={18} stroke={1.6} aria-hidden />
      <p>{t(count === 0 ? 'reset.sampleAlone' : 'reset.sample', { ...params, count })}</p>
      {!hasOwnVersion && count > 0 && (
        <>
          <p>{t('reset.noOwn')}</p>
          <Button
            size="xs"
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

function VersionNote({ version, onDone }: { version: number; onDone: () => void }) {
  const { data: versions } = useGoldenVersions();
  const { made = null, note } = versions?.find((one) => one.version === version) ?? {};
  return (
    <>
      <p className="dim cut">
        {[...(made === null ? [] : [exactTime(made)]), ...(note ? [note] : [])].join(' · ')}
      </p>
      <ShippedWarning version={version} onDone={onDone} />
    </>
  );
}
