import { IconUsers } from '@tabler/icons-react';
import { useTexts } from '../../../i18n/setup.ts';
import { useOpenElsewhere } from '../../../stores/presence.ts';
import { joined } from '../../../text/names.ts';
import styles from './panel.module.css';

export function OpenElsewhere({ id }: { id: string }) {
  const { t } = useTexts('panel');
  const names = useOpenElsewhere(id);
  return (
    <output className={styles.elsewhere}>
      {names.length > 0 && (
        <>
          <IconUsers size={14} stroke={1.6} aria-hidden />
          {t('openElsewhere', { names: joined(names), count: names.length })}
        </>
      )}
    </output>
  );
}
