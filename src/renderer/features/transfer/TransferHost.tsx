import {
  IconClipboardText,
  IconFileExport,
  IconFileImport,
  IconPackageExport,
  IconShare2,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { go } from '../../stores/address.ts';
import { useReadOnly } from '../../stores/profile.ts';
import { chooseImport } from './openFile.ts';
import { DropZone } from './DropZone.tsx';
import { exportAll } from '../export/exportAll.tsx';
import { askToExportAll } from '../export/exportAs.tsx';
import { useWorkspaceCommands } from '../workspace/useWorkspaceCommands.ts';
import './transfer.module.css';

/** Import and export commands, and the window as a drop target. */
export default function TransferHost() {
  const { t } = useTexts('transfer');
  const why = useReadOnly();
  useWorkspaceCommands();
  useCommands(
    useMemo(
      (): Command[] => [
        {
          id: 'file.import',
          group: 'file',
          label: t('command.import'),
          shortcut: 'mod+O',
          everywhere: true,
          icon: IconFileImport,
          ...unlessRefused(why),
          run: chooseImport,
        },
        {
          id: 'go.import',
          group: 'file',
          label: t('command.show'),
          icon: IconClipboardText,
          run: () => go({ kind: 'import' }),
        },
        {
          id: 'file.export',
          group: 'file',
          label: t('command.export'),
          shortcut: 'mod+shift+E',
          everywhere: true,
          icon: IconFileExport,
          run: () => exportAll('frames-json'),
        },
        {
          id: 'file.exportPackage',
          group: 'file',
          label: t('command.exportPackage'),
          icon: IconPackageExport,
          run: () => exportAll('frames'),
        },
        {
          id: 'file.exportAs',
          group: 'file',
          label: t('command.exportAs'),
          icon: IconShare2,
          run: askToExportAll,
        },
      ],
      [t, why],
    ),
  );
  return <DropZone />;
}
