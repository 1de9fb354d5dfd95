import { Button } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { goneText } from '../../../text/gone.ts';
import { When } from '../../../ui/When.tsx';
import { useMayChange } from '../data/mayChange.ts';
import { restoreRecords } from '../data/restore.ts';

const notes: Partial<Record<EntityType, 'deletedLink' | 'deletedUniversity'>> = {
  interface: 'deletedLink',
  university: 'deletedUniversity',
};

/** The ends of a link that are deleted themselves, in words; '' for none. */
function endsGone({ derived }: EntityRecord): string {
  const gone = (['from', 'to'] as const).flatMap((side) => {
    const [title, type] = [derived[`${side}_title`], derived[`${side}_type`]];
    const isGone = derived[`${side}_deleted`] === true && typeof title === 'string';
    return isGone && typeof type === 'string' ? [{ type, title, field: side, as: side }] : [];
  });
  return gone.length === 0 ? '' : goneText(gone);
}

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
        {t(notes[record.type] ?? 'deletedNote')} {endsGone(record)}
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
