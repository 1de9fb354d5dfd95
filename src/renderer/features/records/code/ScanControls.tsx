import { Button } from '@mantine/core';
import { useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { cloneAddress } from '#shared/domain/safe-url.ts';
import { api } from '../../../api/client.ts';
import { shell } from '../../../api/shell.ts';
import { windowStore } from '../../../api/window-store.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { queryClient } from '../../../stores/queries.ts';
import { describeError } from '../../../text/faults.ts';
import type { ErrorDescription } from '../../../text/faults.ts';
import { runWithNotice } from '../../../ui/long-work.tsx';
import { reportErrors } from '../../../ui/notices.tsx';
import { signIn } from './SignInForm.tsx';

/** Why the last scan of a repository in this window failed, by its id. */
const useScanFailures = windowStore<Readonly<Record<string, ErrorDescription | undefined>>>(() => ({}));

/** Scans a repository, with its progress in a notice, so that the panel can be closed meanwhile. */
async function scanRepository({ id, title }: Pick<EntityRecord, 'id' | 'title'>): Promise<void> {
  let failure: ErrorDescription | undefined;
  await runWithNotice({
    id: `scan ${id}`,
    title: say('code:scanning', { name: title }),
    start: (signal) => api.maps.scan({ repository: id }, { signal }),
    resultNotice: ({ commits, matched, authors }) => ({
      title: say('code:scanned', { name: title, count: commits }),
      more: say('code:matched', { matched, count: authors }),
    }),
    handlesError: (error) => {
      failure = describeError(error);
      return false;
    },
  });
  useScanFailures.setState({ [id]: failure });
  // Names of authors are no records.
  await queryClient.invalidateQueries({ queryKey: ['maps'] });
}

interface Props {
  record: EntityRecord;
  folder: string | null;
  hasMap: boolean;
  refusal: string | null;
}

/** Where a repository is on this computer, and the button that reads it. */
export function ScanControls({ record, folder, hasMap, refusal }: Props) {
  const { t } = useTexts('code');
  const failure = useScanFailures((failures) => failures[record.id]);
  const [isScanning, setScanning] = useState(false);
  const address = cloneAddress(record.payload);
  const scan = async (): Promise<void> => {
    setScanning(true);
    await scanRepository(record);
    setScanning(false);
  };
  const chooseFolder = (): Promise<void> =>
    reportErrors(async () => {
      const chosen = await shell.workspace.chooseRepository({});
      if (!chosen) return;
      await api.maps.connect({ repository: record.id, grant: chosen.grant });
      await queryClient.invalidateQueries({ queryKey: ['maps'] });
      await scan();
    });
  const canScan = (folder !== null || address !== null) && refusal === null;
  return (
    <section className="stack gap-4 small">
      {folder !== null && (
        <p>
          <span className="dim">{t('folder')}:</span> <span className="breaks">{folder}</span>
        </p>
      )}
      {folder === null && <p className="dim">{t(address === null ? 'noFolder' : 'fromAddress')}</p>}
      <p className="flex wrap gap-4">
        <Button size="xs" disabled={refusal !== null} onClick={() => void chooseFolder()}>
          {t(folder === null ? 'choose' : 'change')}
        </Button>
        {folder === null && address !== null && (
          <Button size="xs" disabled={refusal !== null} onClick={() => signIn(record, address)}>
            {t('signIn.open')}
          </Button>
        )}
        {(folder !== null || address !== null) && (
          <Button
            size="xs"
            variant={hasMap ? 'default' : 'filled'}
            loading={isScanning}
            disabled={!canScan}
            {...(refusal === null ? {} : { title: refusal })}
            onClick={() => void scan()}
          >
            {t(hasMap ? 'rescan' : 'scan')}
          </Button>
        )}
      </p>
      {failure && <p className="bad">{t('scanFailed', { reason: failure.detail ?? failure.title })}</p>}
    </section>
  );
}
