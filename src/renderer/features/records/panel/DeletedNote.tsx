import { Button } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { When } from '../../../ui/When.tsx';
import { useMayChange } from '../data/mayChange.ts';
import { restoreRecords } from '../data/restore.ts';

/** Says that the record is deleted, and offers to bring it back. */
export function DeletedNote({ record, deletedAt }: { record: EntityRecord; deletedAt: string }) {
  const { t } = useTranslation('panel');
  const why = useMayChange(record, true);
  return (
    <div className="panel-note note-bad">
      <p>
        <strong>
          {t('deletedAt')} <When at={deletedAt} />.
        </strong>{' '}
        {t('deletedNote')}
      </p>
      <Button
        variant="default"
        disabled={why !== null}
        {...(why === null ? {} : { title: why })}
        leftSection={<IconRestore size={15} stroke={1.6} />}
        onClick={() => void restoreRecords([record])}
      >
        {t('restore')}
      </Button>
    </div>
  );
}
