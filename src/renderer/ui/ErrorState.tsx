import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';
import { canRecoverFrom } from '../stores/recovery.ts';
import { CopyDetails, useErrorDescription } from './Failure.tsx';
import { RecoverButton } from './RecoverButton.tsx';

interface Props {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
}

/** What happened, whether data is safe, what to do; details on request. Takes the place of the missing content. */
export function ErrorState({ error, onRetry, children }: Props) {
  const { t } = useTexts('common');
  const description = useErrorDescription(error);
  const { title, safe, action, detail } = description;
  const [occurredAt] = useState(() => new Date().toISOString());
  return (
    <div className="state" role="alert">
      <IconAlertTriangle className="faint bad" size={28} stroke={1.5} />
      <h2>{title}</h2>
      <p>
        {safe} {action}
      </p>
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
      {children}
      {canRecoverFrom(error) && <RecoverButton />}
      <details className="small text-start prose state-details">
        <summary>{t('details')}</summary>
        {detail !== null && <p>{detail}</p>}
        <CopyDetails error={description} occurredAt={occurredAt} />
      </details>
    </div>
  );
}
