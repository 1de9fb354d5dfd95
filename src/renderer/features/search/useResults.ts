import { foldText } from '#shared/domain/fold.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import {
  IconAffiliate,
  IconBookmark,
  IconBulb,
  IconChevronRight,
  IconFlask,
  IconHistory,
  IconLayoutGrid,
} from '@tabler/icons-react';
import { printAddress } from '#shared/address/address.ts';
import { listWithRecord } from '#shared/address/view.ts';
import type { Address, View } from '#shared/address/view.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { useTexts } from '../../i18n/setup.ts';
import type { Command, CommandGroup } from '../../commands/command.ts';
import { keywordsOf } from '../../commands/command.ts';
import { runCommand, useRegistry } from '../../commands/registry.ts';
import { currentAddress } from '../../stores/address.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { queryFor } from '../../stores/queries.ts';
import { placeText, useRecentPlaces } from '../../stores/recent-places.ts';
import { pageTarget } from '../../stores/target.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { displayTitle, typeName, typeNames } from '../../text/names.ts';
import { iconOf } from '../../ui/icons.ts';
import type { IconType } from '../../ui/icons.ts';
import { destinationIdOf, railSections } from '../../ui/navigation.ts';
import { helpTerms, termWord } from '../help/terms.ts';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { useSavedViews } from '../views/saved.ts';
import { switchTo } from '../workspace/switch-target.ts';
import type { Entry } from './entry.ts';
import { useMeaningEntries, useTextEntries } from './text-entries.ts';

export interface Group {
  id: 'recent' | 'records' | 'texts' | 'earlier' | 'sandboxes' | 'views' | 'commands' | 'terms' | 'meaning';
  label: string;
  entries: readonly Entry[];
}

/** The maximum number of recent addresses and of records. */
const maxEntries = { recent: 6, records: 10 };
const debounceMs = 50;

const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Whether every typed word begins a word of the text. True for an empty query. */
export function matchesQuery(text: string, query: string): boolean {
  const words = wordsOf(text);
  return wordsOf(query).every((part) => words.some((word) => word.startsWith(part)));
}

/** The query without the leading `>`, which restricts it to commands. */
export function parseQuery(query: string): { text: string; onlyCommands: boolean } {
  const text = query.trimStart();
  const onlyCommands = text.startsWith('>');
  return { text: (onlyCommands ? text.slice(1) : text).trim(), onlyCommands };
}

/** Commands of the front record first, then navigation; new records last. */
const groupOrder: readonly CommandGroup[] = ['record', 'go', 'file', 'edit', 'view', 'data', 'help'];
const rank = ({ id, group }: Command): number =>
  id.startsWith('new.') ? groupOrder.length : groupOrder.indexOf(group);
const isRefused = ({ enabled, why }: Command): boolean => enabled === false && why !== undefined;
const isView = ({ id }: Command): boolean => id.startsWith('view.open.');

/** Matching commands and saved views; disabled ones last, with the reason. */
function useCommandEntries(text: string): { commands: readonly Entry[]; views: readonly Entry[] } {
  const { t } = useTexts('commands');
  const allCommands = useRegistry((registry) => registry.commands);
  const fullName = ({ group, fullLabel, label }: Command): string =>
    `${t(`group.${group}`)} ${fullLabel ?? label}`;
  const entryOf = (command: Command): Entry => {
    const { id, label, fullLabel, group, icon = IconChevronRight } = command;
    // A command with the same label that is not in the palette can have the shortcut.
    const hiddenCommand = allCommands.find(
      (candidate) => candidate.palette === false && candidate.label === label,
    );
    return {
      id,
      label: (!isView(command) && fullLabel) || label,
      icon: isView(command) ? IconBookmark : icon,
      ...(group === 'go' || isView(command) ? {} : { aside: t(`group.${group}`) }),
      ...(isRefused(command) ? { refused: true, more: command.why ?? '' } : {}),
      shortcut: command.shortcut ?? hiddenCommand?.shortcut,
      run: () => runCommand(id),
    };
  };
  const matchingCommands = allCommands
    .filter(
      (command) =>
        command.palette !== false && (command.enabled !== false || (text !== '' && isRefused(command))),
    )
    .filter((command) => matchesQuery(`${fullName(command)} ${keywordsOf(command)}`, text))
    .toSorted(
      (a, b) =>
        Number(isRefused(a)) - Number(isRefused(b)) ||
        Number(!matchesQuery(fullName(a), text)) - Number(!matchesQuery(fullName(b), text)) ||
        rank(a) - rank(b),
    );
  return {
    commands: matchingCommands.filter((command) => !isView(command)).map(entryOf),
    views: matchingCommands.filter(isView).map(entryOf),
  };
}

function useTermEntries(text: string): readonly Entry[] {
  const { t } = useTexts('help');
  if (text === '') return [];
  return Object.values(helpTerms)
    .flat()
    .filter((term) => matchesQuery(termWord(term), text))
    .map((term) => ({
      id: `term.${term}`,
      label: termWord(term),
      more: t(`term.${term}`),
      icon: IconBulb,
      view: { kind: 'help' },
    }));
}

/** Records of all types whose title contains the text; deleted ones last. */
function useRecordEntries(text: string) {
  const { t } = useTexts('search');
  const [searchText] = useDebouncedValue(text, debounceMs);
  const universities = useUniversityNames(text !== '');
  const { data, isFetching, isError, isPlaceholderData } = useQuery({
    ...queryFor('entities.lookup', {
      types: [...entityTypes],
      text: searchText,
      limit: maxEntries.records,
      deleted: true,
    }),
    enabled: text !== '' && searchText !== '',
    placeholderData: keepPreviousData,
  });
  if (text === '') return { entries: [], pending: false, failed: false };
  const entries = (isError ? [] : (data ?? [])).map(({ id, type, title, university_id, deleted }): Entry => {
    const university = university_id === null ? undefined : universities.get(university_id);
    const parts = [typeName(type), university, deleted ? t('history:action.delete') : undefined];
    return {
      id,
      label: displayTitle(title, type),
      icon: iconOf[type],
      aside: parts.filter((part) => part !== undefined).join(' · '),
      deleted,
      view: { ...listWithRecord(type, id), deleted: deleted ? 'only' : 'without' },
    };
  });
  const pending = text !== searchText || (isFetching && (isPlaceholderData || !data));
  return { entries, pending, failed: isError && !isFetching };
}

/** Sandboxes by name except the open one; archived ones last. */
function useSandboxEntries(text: string): { entries: readonly Entry[]; pending: boolean } {
  const { t } = useTexts('search');
  const { data = [], isLoading } = useSandboxes();
  if (text === '') return { entries: [], pending: false };
  const archivedRank = (sandbox: Sandbox): number => Number(sandbox.archived !== null);
  const entries = data
    .filter(
      ({ id, name, problem }) =>
        problem === null &&
        id !== pageTarget() &&
        matchesQuery(`${t('compare:column.play')} ${name ?? ''}`, text),
    )
    .toSorted((a, b) => archivedRank(a) - archivedRank(b))
    .map((sandbox) => ({
      id: `sandbox.${sandbox.id}`,
      label: nameOf(sandbox),
      icon: IconFlask,
      aside: t(sandbox.archived === null ? 'compare:column.play' : 'archivedSandbox'),
      run: () => void switchTo(sandbox.id),
    }));
  return { entries, pending: isLoading };
}

function recordOf(view: View): string | null {
  if (view.kind === 'record') return view.id;
  if (view.kind === 'network') return view.focus || null;
  return view.kind === 'list' && view.panel?.kind === 'record' ? view.panel.id : null;
}

const viewIcons: Partial<Record<View['kind'], IconType>> = { history: IconHistory, network: IconAffiliate };

/** Recent addresses by name: existing records, lists and views. */
function useRecentEntries(isEnabled: boolean): readonly Entry[] {
  const { t } = useTexts('commands');
  const workspace = useWorkspace().data?.id;
  const currentText = placeText(currentAddress());
  const recentAddresses = useRecentPlaces(isEnabled ? workspace : undefined).filter(
    (address) => placeText(address) !== currentText,
  );
  const ids = recentAddresses.map(({ view }) => recordOf(view)).filter((id) => id !== null);
  const records = useQueries({
    queries: ids.map((id) => queryFor('entities.find', { id })),
  });
  const views = useSavedViews();
  const recordsById = new Map(records.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));
  const railItems = railSections().flatMap((section) => section.destinations);

  function entryOf(address: Address): Entry | null {
    const { view } = address;
    const id = printAddress(address);
    const recordId = recordOf(view);
    if (recordId !== null) {
      const record = recordsById.get(recordId);
      if (!record || record.deleted_at !== null) return null;
      const label = displayTitle(record.title, record.type);
      if (view.kind === 'network')
        return { id, label: t('network:around', { title: label }), icon: IconAffiliate, view };
      return { id, label, icon: iconOf[record.type], aside: typeName(record.type), view };
    }
    if (view.kind === 'list') {
      const saved = view.saved === '' ? undefined : views?.find((savedView) => savedView.id === view.saved);
      if (view.saved !== '' && !saved) return null;
      return { id, label: saved?.name ?? typeNames(view.type), icon: iconOf[view.type], view };
    }
    // Comparisons are left out: they would have the names of the pages to which they belong.
    if (view.kind === 'compare' || view.kind === 'moments') return null;
    const page = railItems.find((one) => one.id === destinationIdOf(view));
    if (page) return { id, label: page.label, icon: page.icon, view };
    return {
      id,
      label: t(`view.${view.kind}` as 'view.about'),
      icon: viewIcons[view.kind] ?? IconLayoutGrid,
      view,
    };
  }
  return recentAddresses.flatMap((address) => entryOf(address) ?? []).slice(0, maxEntries.recent);
}

/** Keeps the first of several entries for one record or with one label. */
function withoutDuplicates(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const { view, label } = entry;
    const record = view && view.kind !== 'network' ? recordOf(view) : null;
    const key = record ?? label;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Whether a command also opens the view: a whole list, or a page. */
const hasCommand = (view: View): boolean =>
  recordOf(view) === null && !(view.kind === 'list' && view.saved !== '');

/** Results in groups; for an empty query, recent addresses, commands and saved views. */
export function useResults(query: string) {
  const { t } = useTexts('search');
  const { text, onlyCommands } = parseQuery(query);
  const contentText = onlyCommands ? '' : text;
  const records = useRecordEntries(contentText);
  const { texts, earlier } = useTextEntries(contentText, records.entries);
  const meaning = useMeaningEntries(contentText, [...records.entries, ...texts]);
  const sandboxes = useSandboxEntries(contentText);
  const { commands, views } = useCommandEntries(text);
  const terms = useTermEntries(contentText);
  const recentEntries = withoutDuplicates(useRecentEntries(text === '' && !onlyCommands));
  // A command that opens one of the recent addresses is not listed again.
  const recentCommandIds = new Set(
    recentEntries.flatMap(({ view }) => (view && hasCommand(view) ? [`go.${destinationIdOf(view)}`] : [])),
  );
  const groups: Group[] = [
    { id: 'recent', label: t('recent'), entries: text === '' && !onlyCommands ? recentEntries : [] },
    { id: 'records', label: t('common:records'), entries: records.entries },
    { id: 'texts', label: t('texts'), entries: texts },
    { id: 'earlier', label: t('earlier'), entries: earlier },
    { id: 'sandboxes', label: t('care:finding.sandboxes'), entries: sandboxes.entries },
    { id: 'views', label: typeNames('view'), entries: onlyCommands ? [] : views },
    { id: 'commands', label: t('commands'), entries: commands.filter(({ id }) => !recentCommandIds.has(id)) },
    { id: 'terms', label: t('terms'), entries: terms },
    { id: 'meaning', label: t('meaning'), entries: meaning },
  ];
  return {
    groups: groups.filter(({ entries }) => entries.length > 0),
    pending: records.pending || sandboxes.pending,
    failed: records.failed,
  };
}
