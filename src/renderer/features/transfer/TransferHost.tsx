import {
  IconClipboardText,
  IconFileExport,
  IconFileImport,
  IconPackageExport,
  IconShare2,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { navigate } from '../../stores/address.ts';
import { listen } from '../../ui/listen.ts';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { chooseImport, previewDropped } from './openFile.ts';
import { leaveImport } from './run.ts';
import { useImport } from './state.ts';
import { exportAll } from '../export/export-all.tsx';
import { askToExportAll } from '../export/exportAs.tsx';
import { useWorkspaceCommands } from '../workspace/useWorkspaceCommands.ts';
import './transfer.module.css';
import styles from './transfer.module.css';

const fileCommand = commandFactory('file', 'file');

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

function useFileDrop(): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Every element under the pointer fires enter and leave; only their balance says whether the file is still inside.
    let depth = 0;
    return listen({
      dragenter(event) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth += 1;
        setIsOver(true);
      },
      dragover(event) {
        if (!hasFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      dragleave(event) {
        if (!hasFiles(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) setIsOver(false);
      },
      drop(event) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setIsOver(false);
        void previewDropped([...(event.dataTransfer?.files ?? [])]);
      },
    });
  }, []);
  return isOver;
}

/** The window as a drop target, visible while a file is dragged over it. */
function DropZone() {
  const { t } = useTexts('transfer');
  if (!useFileDrop()) return null;
  return (
    <output className={`block pad-16 inset untouched ${styles.zone}`}>
      <span className={`column center middle gap-8 dim full-y ${styles.box}`}>
        <IconFileImport size={36} stroke={1.4} />
        <strong>{t('drop.title')}</strong>
        <span>{t('drop.note')}</span>
      </span>
    </output>
  );
}

/** Shows where to drop or paste. An import that has ended makes room for the next. */
function startNewImport(): void {
  const state = useImport.getState();
  if (state.stage === 'done' || (state.stage === 'failed' && state.previewedFile === null)) leaveImport();
  navigate({ kind: 'import' });
}

export default function TransferHost() {
  const { t } = useTexts('transfer');
  const readOnlyReason = useReadOnlyReason();
  useWorkspaceCommands();
  useCommands(
    () => [
      fileCommand('import', t('command.import'), {
        shortcut: 'mod+O',
        everywhere: true,
        icon: IconFileImport,
        ...enabledUnless(readOnlyReason),
        run: chooseImport,
      }),
      {
        id: 'go.import',
        group: 'file',
        label: t('command.show'),
        icon: IconClipboardText,
        run: startNewImport,
      },
      fileCommand('export', t('command.export'), {
        shortcut: 'mod+shift+E',
        everywhere: true,
        icon: IconFileExport,
        run: () => exportAll('frames-json'),
      }),
      fileCommand('exportPackage', t('command.exportPackage'), {
        icon: IconPackageExport,
        run: () => exportAll('frames'),
      }),
      fileCommand('exportAs', t('command.exportAs'), { icon: IconShare2, run: askToExportAll }),
    ],
    [t, readOnlyReason],
  );
  return <DropZone />;
}
