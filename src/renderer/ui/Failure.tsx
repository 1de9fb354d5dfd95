import { useTexts } from '../i18n/setup.ts';
import { connectionStore } from '../api/connection.ts';
import { describeError } from '../text/faults.ts';
import type { ErrorDescription } from '../text/faults.ts';
import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useProgram } from '../stores/program.ts';
import { detailsText } from '../text/details.ts';
import { copyText } from './clipboard.ts';
import type { Fault } from '../stores/notices.ts';

/** The description of an error; updates if the connection turns out to be lost for good. */
export function useErrorDescription(error: unknown): ErrorDescription {
  connectionStore((state) => state.failure);
  return describeError(error);
}

interface Props {
  error: ErrorDescription;
  at: string;
  doing?: string | undefined;
}

export function CopyDetails({ error, at, doing }: Props) {
  const { t } = useTexts('notices');
  const [copied, setCopied] = useState(false);
  const version = useProgram((state) => state.program?.version ?? null);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <div className="trace">
      {error.trace !== null && (
        <>
          <span>{t('common:traceId')}</span> <code>{error.trace}</code>
        </>
      )}
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<Icon size={14} stroke={1.6} />}
        onClick={() => setCopied(copyText(detailsText(error, { at, version, doing })))}
      >
        {t(copied ? 'common:copied' : 'copyDetails')}
      </Button>
    </div>
  );
}

export function FaultText({ fault: { described, at, doing } }: { fault: Fault }) {
  return (
    <>
      <div>{[doing === undefined ? null : described.title, described.detail].filter(Boolean).join(': ')}</div>
      <div>
        {described.safe} {described.action}
      </div>
      <CopyDetails error={described} at={at} doing={doing} />
    </>
  );
}

export function Failure({ error, at, doing }: { error: unknown } & Omit<Fault, 'described'>) {
  return <FaultText fault={{ described: useErrorDescription(error), at, doing }} />;
}
