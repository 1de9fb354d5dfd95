import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';

interface Props {
  failure?: string | null;
  save: string;
  saving: boolean;
  blocked?: boolean;
  bad?: boolean;
  first?: boolean;
  cancel?: string | undefined;
  more?: ReactNode;
  onCancel: () => void;
}

export function FormEnd({
  failure = null,
  save,
  saving,
  blocked,
  bad = false,
  first = false,
  cancel,
  more,
  onCancel,
}: Props) {
  const { t } = useTexts('common');
  return (
    <>
      {failure !== null && (
        <p role="alert" className="small bad form-failure">
          {failure}
        </p>
      )}
      <div className="dialog-buttons">
        {more}
        <Button variant="default" onClick={onCancel}>
          {cancel ?? t('cancel')}
        </Button>
        <Button
          {...(first ? { 'data-autofocus': true } : {})}
          {...(bad ? { color: 'red' } : {})}
          {...(blocked === undefined ? {} : { disabled: blocked })}
          type="submit"
          loading={saving}
        >
          {save}
        </Button>
      </div>
    </>
  );
}
