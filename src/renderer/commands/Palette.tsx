import { Kbd } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordIn } from '#shared/address/view.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { api } from '../api/client.ts';
import { focusView } from '../app/focus.ts';
import { useUniversityNames } from '../stores/useUniversityNames.ts';
import { go, here } from '../stores/address.ts';
import { keys } from '../stores/queries.ts';
import { titleOr, typeName } from '../text/names.ts';
import { iconOf } from '../ui/icons.ts';
import type { Command, CommandGroup } from './command.ts';
import { shown } from './keys.ts';
import { closePalette, usePalette } from './palette-state.ts';
import { run, useRegistry } from './registry.ts';
import { useFirstSelected } from './useFirstSelected.ts';

const [store, spotlight] = createSpotlight();

/** How long closing takes to give the focus back, in milliseconds. */
const rest = 80;

/** Every word typed begins a word of the label. */
function fits(label: string, query: string): boolean {
  const words = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** What concerns the record in front comes first, then where to go; new records of every kind come last. */
const order: readonly CommandGroup[] = ['record', 'go', 'file', 'edit', 'view', 'help'];
const rank = ({ id, group }: Command): number =>
  id.startsWith('new.') ? order.length : order.indexOf(group);

function inOrder(commands: readonly Command[]): readonly Command[] {
  return commands.toSorted((a, b) => rank(a) - rank(b));
}

function CommandAction({ command }: { command: Command }) {
  const { t } = useTranslation('commands');
  const Icon = command.icon ?? IconChevronRight;
  const group = t(`group.${command.group}`);
  return (
    <Spotlight.Action
      label={command.group === 'go' ? `${group} ${command.label}` : command.label}
      leftSection={<Icon size={17} stroke={1.6} />}
      rightSection={
        <span className="palette-end">
          {command.group !== 'go' && <span className="palette-group">{group}</span>}
          {command.shortcut !== undefined && <Kbd>{shown(command.shortcut)}</Kbd>}
        </span>
      }
      onClick={() => run(command.id)}
    />
  );
}

function RecordAction({ record, university }: { record: RecordRef; university: string | undefined }) {
  const Icon = iconOf[record.type];
  return (
    <Spotlight.Action
      label={titleOr(record.title, record.type)}
      leftSection={<Icon size={17} stroke={1.6} />}
      rightSection={
        <span className="palette-group">
          {typeName(record.type)}
          {university !== undefined && ` · ${university}`}
        </span>
      }
      onClick={() => go(recordIn(record.type, record.id))}
    />
  );
}

function useRecords(query: string, opened: boolean): readonly RecordRef[] {
  const [text] = useDebouncedValue(query.trim(), 80);
  const { data } = useQuery({
    queryKey: keys.lookup(entityTypes, text),
    queryFn: ({ signal }) => api.entities.lookup({ types: [...entityTypes], text, limit: 8 }, { signal }),
    enabled: opened && text !== '',
    placeholderData: keepPreviousData,
  });
  return query.trim() === '' ? [] : (data ?? []);
}

/** One box for everything: records by name, commands by word, each with its shortcut. */
export default function Palette() {
  const { t } = useTranslation(['frame', 'commands']);
  const { opened } = usePalette();
  const [query, setQuery] = useState('');
  const records = useRecords(query, opened);
  const universities = useUniversityNames(opened);
  const commands = inOrder(useRegistry((registry) => registry.commands)).filter(
    (command) =>
      command.palette !== false &&
      command.enabled !== false &&
      fits(`${t(`commands:group.${command.group}`)} ${command.label}`, query),
  );
  useEffect(() => {
    if (opened) spotlight.open();
    else spotlight.close();
  }, [opened]);
  const begun = useRef(here());
  useEffect(() => {
    if (opened) {
      begun.current = here();
      return undefined;
    }
    if (begun.current === here()) return undefined;
    begun.current = here();
    // The palette gives the focus back to where it was; who has gone elsewhere wants it there.
    const timer = setTimeout(focusView, rest);
    return () => clearTimeout(timer);
  }, [opened]);
  useFirstSelected(store, opened, [...records, ...commands].map(({ id }) => id).join());
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      // Opened again while it still closes, it would keep what was typed before.
      onSpotlightOpen={() => setQuery('')}
      onSpotlightClose={closePalette}
      scrollable
      maxHeight={440}
      centered={false}
      yOffset={56}
      size={560}
      overlayProps={{ blur: 0, backgroundOpacity: 0.18 }}
      className="palette"
    >
      <Spotlight.Search placeholder={t('frame:search')} leftSection={<IconSearch size={17} stroke={1.6} />} />
      <Spotlight.ActionsList>
        {records.length > 0 && (
          <Spotlight.ActionsGroup label={t('frame:results.records')}>
            {records.map((record) => (
              <RecordAction
                key={record.id}
                record={record}
                university={universities.get(record.university_id ?? '')}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t('frame:results.commands')}>
            {commands.map((command) => (
              <CommandAction key={command.id} command={command} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {records.length === 0 && commands.length === 0 && (
          <Spotlight.Empty>{t('frame:noCommand', { query })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
