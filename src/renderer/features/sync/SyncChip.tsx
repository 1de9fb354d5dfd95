import { Loader } from '@mantine/core';
import { openView } from '../../stores/address.ts';
import { useSync } from './state.ts';
import { chipText, chipTitle, iconAndTone } from './status-texts.ts';
import styles from './sync.module.css';

/** The state of sync in words, linking to the Sync page. Renders nothing until the status is read. */
export default function SyncChip() {
  const status = useSync((sync) => sync.status);
  if (!status) return null;
  const { icon: Icon, tone } = iconAndTone(status);
  return (
    <button
      type="button"
      className={`inline shrink gap-4 px-8 full-y ${styles.chip} ${styles[tone]}`}
      title={chipTitle(status)}
      onClick={() => openView({ kind: 'sync' })}
    >
      {status.state === 'syncing' ? (
        <Loader size={11} color="gray" />
      ) : (
        <Icon size={15} stroke={1.6} aria-hidden />
      )}
      <span className="cut">{chipText(status)}</span>
    </button>
  );
}
