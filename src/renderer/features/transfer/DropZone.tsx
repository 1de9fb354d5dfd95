import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { dropped } from './openFile.ts';
import styles from './transfer.module.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** Whether a file is dragged over the window. */
function useFileDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Every element under the pointer fires enter and leave; only their balance says whether the file is still inside.
    let inside = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      inside += 1;
      setOver(true);
    };
    const hover = (event: DragEvent): void => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      inside = Math.max(0, inside - 1);
      if (inside === 0) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      inside = 0;
      setOver(false);
      void dropped([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

/** The window as a drop target, visible while a file is dragged over it. */
export function DropZone() {
  const { t } = useTexts('transfer');
  if (!useFileDrop()) return null;
  return (
    <output className={`block pad-16 inset untouched ${styles.zone}`}>
      <span className={`column center middle gap-8 dim full-y ${styles.box}`}>
        <IconFileImport size={36} stroke={1.4} />
        <strong>{t('drop.title')}</strong>
        <span>{t('start.safe')}</span>
      </span>
    </output>
  );
}
