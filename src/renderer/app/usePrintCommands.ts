import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { shell } from '../api/shell.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { whilePrinting } from '../stores/printing.ts';
import { localDay } from '../text/local-day.ts';
import { notice } from '../ui/notices.tsx';
import { saveMade } from '../ui/save-made.ts';

async function print(): Promise<void> {
  if ((await shell.print({})) !== 'noPrinter') return;
  notice({
    id: 'print',
    tone: 'bad',
    title: say('frame:print.noPrinter'),
    action: { label: say('frame:print.save'), run: () => void whilePrinting(saveView) },
    stays: 15_000,
  });
}

const saveView = (): Promise<void> =>
  saveMade({
    suggested: `frames-${localDay(new Date())}.pdf`,
    make: () => Promise.resolve({ kind: 'view' }),
    failed: say('insights:evidence.failed'),
  });

export function usePrintCommands(): void {
  const { t } = useTexts('frame');
  useCommands(
    useMemo(
      (): Command[] => [
        {
          id: 'file.print',
          group: 'file',
          label: t('print.command'),
          shortcut: 'mod+P',
          everywhere: true,
          icon: IconPrinter,
          run: () => whilePrinting(print),
        },
        {
          id: 'file.printToFile',
          group: 'file',
          label: t('print.save'),
          icon: IconFileTypePdf,
          run: () => whilePrinting(saveView),
        },
      ],
      [t],
    ),
  );
}
