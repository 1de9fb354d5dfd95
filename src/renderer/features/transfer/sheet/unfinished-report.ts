import { useEffect } from 'react';
import { run } from '../../../commands/registry.ts';
import { say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import type { Layout } from '../../../stores/tabs/layout.ts';
import { useTabs } from '../../../stores/tabs/store.ts';
import { currentOf } from '../../../stores/tabs/trail.ts';
import { notice } from '../../../ui/notices.tsx';
import { madeByHand, momentOf } from './reading.ts';
import { tableNow } from './state.ts';
import { recallUnfinished, takeLeftOpen } from './remember.ts';

const showsImport = ({ panes }: Layout): boolean =>
  panes.some(({ tabs }) => tabs.some((tab) => currentOf(tab).view.kind === 'import'));

/** Says at the start that an import was under way when the last window ended: its file has to be chosen again. */
export function useInterruptedReport(): void {
  const { data } = useWorkspace();
  const workspace = data?.id;
  useEffect(() => {
    const name = workspace === undefined || tableNow() ? null : takeLeftOpen(workspace);
    if (name === null) return;
    notice({
      id: 'sheet-unfinished',
      title: say('sheets:unfinished.title', { name }),
      more: say('sheets:unfinished.kept'),
      action: { label: say('sheets:unfinished.choose'), run: () => run('file.import') },
      waits: true,
    });
  }, [workspace]);
}

/** Says that nothing was imported and that the corrections are kept, where there are any. */
export function reportUnfinished(): void {
  const table = tableNow();
  if (!table || madeByHand(momentOf(table), table.first) === 0) return;
  const isKept = recallUnfinished(table.workspace, table.view) !== undefined;
  takeLeftOpen(table.workspace);
  notice({
    id: 'sheet-unfinished',
    title: say('sheets:unfinished.title', { name: table.file.name }),
    ...(isKept ? { more: say('sheets:unfinished.kept') } : {}),
    action: { label: say('sheets:back'), run: () => go({ kind: 'import' }) },
  });
}

/** Tells so when the tab of an import is closed. */
export function useUnfinishedReport(): void {
  useEffect(
    () =>
      useTabs.subscribe((layout, before) => {
        if (showsImport(before) && !showsImport(layout)) reportUnfinished();
      }),
    [],
  );
}
