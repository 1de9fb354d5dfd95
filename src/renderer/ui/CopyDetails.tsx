import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProgram } from '../stores/program.ts';
import { detailsText } from '../text/details.ts';
import type { Described } from '../text/faults.ts';
import { copyText } from './clipboard.ts';

interface Props {
  error: Described;
  /** When it happened, as ISO 8601. */
  at: string;
  /** What was being done, in the window's words. */
  doing?: string | undefined;
}

/** The trace id, which a supporter can look up in the logs, and a button that copies all that one would ask for. */
export function CopyDetails({ error, at, doing }: Props) {
  const { t } = useTranslation('notices');
  const [copied, setCopied] = useState(false);
  const version = useProgram((state) => state.program?.version ?? null);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <div className="trace">
      {error.trace !== null && (
        <>
          <span>{t('traceId')}</span> <code>{error.trace}</code>
        </>
      )}
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<Icon size={14} stroke={1.6} />}
        onClick={() => setCopied(copyText(detailsText(error, { at, version, doing })))}
      >
        {t(copied ? 'copied' : 'copyDetails')}
      </Button>
    </div>
  );
}
