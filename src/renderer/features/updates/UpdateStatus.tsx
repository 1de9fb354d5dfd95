import { Button, Progress } from '@mantine/core';
import type { AvailableUpdate, UpdateMeans, UpdateStatus as Status } from '#shared/shell/updates.ts';
import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { dayText, fullDateTime } from '../../text/formats.ts';
import { networkText } from '../../text/faults.ts';
import { copyText } from '../../ui/clipboard.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import styles from './updates.module.css';

export function useStatusText(status: Status): string {
  const { t } = useTexts('updates');
  switch (status.status) {
    case 'idle':
    case 'checking':
      return t(status.status);
    case 'current':
      return t('current', { at: fullDateTime(Date.parse(status.at)) });
    case 'available': {
      const { version, released, size } = status.update;
      return t('available', { version, date: dayText(Date.parse(released)), size: bytesText(size) });
    }
    case 'downloading': {
      const { version, size } = status.update;
      return t('downloading', { version, received: bytesText(status.received), size: bytesText(size) });
    }
    case 'ready':
      return t('ready', { version: status.update.version });
    case 'failed':
      return status.network ? networkText(status.network) : problemText(status);
  }
}

export function problemText({ problem, parameters }: Extract<Status, { status: 'failed' }>): string {
  const { address = '', date, offered = '', seen = '', installed = '' } = parameters;
  const day = date === undefined ? '' : dayText(Date.parse(date));
  return say(`updates:problem.${problem}`, { address, date: day, offered, seen, installed });
}

const runRequest = (request: Promise<unknown>): void => void request.catch(reportError);

export function StatusButton({ status, means }: { status: Status; means: UpdateMeans }) {
  const { t } = useTexts('updates');
  switch (status.status) {
    case 'available':
      return <DownloadButton update={status.update} means={means} />;
    case 'downloading':
      return (
        <Button size="xs" onClick={() => runRequest(shell.updates.cancel({}))}>
          {t('common:cancel')}
        </Button>
      );
    case 'ready':
      return (
        <Button variant="filled" size="xs" onClick={() => runRequest(shell.updates.restart({}))}>
          {t('restart')}
        </Button>
      );
    case 'idle':
    case 'checking':
    case 'current':
    case 'failed':
      return (
        <Button
          size="xs"
          disabled={status.status === 'checking'}
          onClick={() => runRequest(shell.updates.check({}))}
        >
          {t('check')}
        </Button>
      );
  }
}

function DownloadButton({ update, means }: { update: AvailableUpdate; means: UpdateMeans }) {
  const { t } = useTexts('updates');
  if (update.command !== null) return null;
  if (means === 'manual')
    return (
      <Button variant="filled" size="xs" onClick={() => runRequest(shell.openExternal({ url: update.url }))}>
        {t('browser')}
      </Button>
    );
  return (
    <Button variant="filled" size="xs" onClick={() => runRequest(shell.updates.download({}))}>
      {t('download')}
    </Button>
  );
}

/** The release notes, the progress of the download, and the command that installs a package. */
export function UpdateDetails({ status }: { status: Status }) {
  const { t } = useTexts('updates');
  if (!('update' in status) || status.update === null) return null;
  const { version, notes, command, size } = status.update;
  return (
    <div className="stack gap-8 small line-below py-12">
      {status.status === 'downloading' && (
        <Progress
          value={(status.received / size) * 100}
          aria-label={t('downloading', {
            version,
            received: bytesText(status.received),
            size: bytesText(size),
          })}
        />
      )}
      {command !== null && <InstallCommand command={command} />}
      {notes !== '' && (
        <>
          <h3 className="small strong">{t('notes', { version })}</h3>
          <p className={`dim prose ${styles.notes}`}>{notes}</p>
        </>
      )}
    </div>
  );
}

function InstallCommand({ command }: { command: string }) {
  const { t } = useTexts('updates');
  const copy = (): void => {
    if (copyText(command)) notice({ title: t('copied') });
  };
  return (
    <>
      <p>{t('package')}</p>
      <div className={`flex top gap-8 ${styles.command}`}>
        <code className="grow tiny breaks pad-8">{command}</code>
        <Button size="xs" onClick={copy}>
          {t('copy')}
        </Button>
      </div>
    </>
  );
}
