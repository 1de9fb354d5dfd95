import { useTexts } from '../i18n/setup.ts';
import { connectionStore } from '../api/connection.ts';
import { describeError } from '../text/faults.ts';
import type { ErrorDescription } from '../text/faults.ts';
import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useProgram } from '../stores/program.ts';
import { copyText } from './clipboard.ts';
import type { Fault } from '../stores/notices.ts';

/** The description of an error; updates if the connection turns out to be lost for good. */
export function useErrorDescription(error: unknown): ErrorDescription {
  connectionStore((state) => state.failure);
  return describeError(error);
}

/** Error details for support, untranslated so that they can be searched for. */
export function detailsText(
  { code, title, detail, trace }: ErrorDescription,
  {
    occurredAt,
    version,
    activity,
  }: { occurredAt: string; version: string | null; activity?: string | undefined },
): string {
  const lines = [
    ['FRAMES', version ?? '?'],
    ['Time', occurredAt],
    ['Doing', activity],
    ['Error', code],
    ['Message', [title, detail].filter((part) => part !== null && part !== '').join(': ')],
    ['Trace id', trace],
  ];
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join('\n');
}

interface Props {
  error: ErrorDescription;
  occurredAt: string;
  activity?: string | undefined;
}

export function CopyButton({ label, textOf }: { label: string; textOf: () => string }) {
  const { t } = useTexts('common');
  const [isCopied, setIsCopied] = useState(false);
  const Icon = isCopied ? IconCheck : IconCopy;
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      leftSection={<Icon size={14} stroke={1.6} />}
      onClick={() => setIsCopied(copyText(textOf()))}
    >
      {isCopied ? t('copied') : label}
    </Button>
  );
}

export function CopyDetails({ error, occurredAt, activity }: Props) {
  const { t } = useTexts('notices');
  const version = useProgram((state) => state.program?.version ?? null);
  return (
    <div className="trace">
      {error.trace !== null && (
        <>
          <span>{t('common:traceId')}</span> <code>{error.trace}</code>
        </>
      )}
      <CopyButton
        label={t('copyDetails')}
        textOf={() => detailsText(error, { occurredAt, version, activity })}
      />
    </div>
  );
}

export function FaultText({ fault: { description, occurredAt, activity } }: { fault: Fault }) {
  return (
    <>
      <div>
        {[activity === undefined ? null : description.title, description.detail].filter(Boolean).join(': ')}
      </div>
      <div>
        {description.safe} {description.action}
      </div>
      <CopyDetails error={description} occurredAt={occurredAt} activity={activity} />
    </>
  );
}

export function Failure({ error, occurredAt, activity }: { error: unknown } & Omit<Fault, 'description'>) {
  return <FaultText fault={{ description: useErrorDescription(error), occurredAt, activity }} />;
}
