import { useTranslation } from 'react-i18next';
import type { Group } from './entry.ts';
import { readQuery } from './fits.ts';
import { useCommandEntries, useTermEntries } from './useCommandEntries.ts';
import { useRecentEntries } from './useRecentEntries.ts';
import { useRecordEntries } from './useRecordEntries.ts';
import { useSandboxEntries } from './useSandboxEntries.ts';

export interface Results {
  /** Those that have something in them. */
  groups: readonly Group[];
  /** More may come to the top: what was typed last is still being looked for. */
  pending: boolean;
  /** Records could not be looked for. */
  failed: boolean;
}

/** All that fits what was typed: records first, then sandboxes, saved views, commands and words; with nothing typed, where one was lately. */
export function useResults(typed: string, opened: boolean): Results {
  const { t } = useTranslation('search');
  const { text, onlyCommands } = readQuery(typed);
  const found = useRecordEntries(text, opened && !onlyCommands);
  const sandboxes = useSandboxEntries(onlyCommands ? '' : text);
  const { commands, views } = useCommandEntries(text);
  const terms = useTermEntries(onlyCommands ? '' : text);
  const recent = useRecentEntries(opened && text === '' && !onlyCommands);
  const groups: Group[] = onlyCommands
    ? [{ id: 'commands', label: t('commands'), entries: commands }]
    : [
        { id: 'recent', label: t('recent'), entries: text === '' ? recent : [] },
        { id: 'records', label: t('records'), entries: found.entries },
        { id: 'sandboxes', label: t('sandboxes'), entries: sandboxes.entries },
        { id: 'views', label: t('views'), entries: views },
        { id: 'commands', label: t('commands'), entries: commands },
        { id: 'terms', label: t('terms'), entries: terms },
      ];
  return {
    groups: groups.filter(({ entries }) => entries.length > 0),
    pending: found.pending || sandboxes.pending,
    failed: found.failed,
  };
}
