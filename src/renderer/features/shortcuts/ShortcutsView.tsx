import { foldText } from '#shared/domain/fold.ts';
import './shortcuts.css';
import type { Command, CommandGroup } from '../../commands/command.ts';
import { shortcutText } from '../../commands/keys.ts';
import { sortForMenu } from '../../commands/menu.ts';
import { localKeys } from '../../commands/local-keys.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { Button, Kbd, TextInput } from '@mantine/core';
import { IconPrinter, IconSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useRegistry } from '../../commands/registry.ts';
import { Page } from '../../ui/Page.tsx';

export interface ShortcutLine {
  label: string;
  /** The displayed shortcuts: `Ctrl Shift Z`. */
  keys: readonly string[];
}

export interface ShortcutSection {
  id: string;
  title: string;
  lines: readonly ShortcutLine[];
}

const groupOrder: readonly CommandGroup[] = ['file', 'edit', 'view', 'go', 'record', 'data', 'help'];

const isInOtherSection = (id: string): boolean => /^(tab\.nth|list\.|record\.)/.test(id);

function commandSections(commands: readonly Command[]): ShortcutSection[] {
  const orderedCommands = sortForMenu(commands);
  return groupOrder.flatMap((group) => {
    const lines = orderedCommands
      .filter((command) => command.group === group && !command.local && !isInOtherSection(command.id))
      .flatMap(({ id, label, shortcut, moreShortcuts = [] }): ShortcutLine[] => {
        if (shortcut === undefined) return [];
        // The menu's label names the step that would be undone; the list does not.
        const name =
          id === 'edit.undo' ? say('common:undo') : id === 'edit.redo' ? say('common:redo') : label;
        return [{ label: name, keys: [shortcut, ...moreShortcuts].map(shortcutText) }];
      });
    return lines.length === 0 ? [] : [{ id: group, title: say(`commands:group.${group}`), lines }];
  });
}

const hasText = (text: string, query: string): boolean => foldText(text).includes(query);

/** All shortcuts by section whose name or keys contain the typed text. */
export function shortcutSections(commands: readonly Command[], query: string): readonly ShortcutSection[] {
  const text = foldText(query.trim());
  const localSections = localKeys.map((createSection): ShortcutSection => {
    const { id, title, keys } = createSection();
    return {
      id,
      title,
      lines: keys.map((localKey) => ({ label: localKey.label, keys: localKey.keys.map(shortcutText) })),
    };
  });
  return [...commandSections(commands), ...localSections].flatMap((section) => {
    const lines = section.lines.filter(
      ({ label, keys }) =>
        hasText(`${section.title} ${label}`, text) || keys.some((key) => hasText(key, text)),
    );
    return lines.length === 0 ? [] : [{ ...section, lines }];
  });
}

function ShortcutRow({ line: { label, keys } }: { line: ShortcutLine }) {
  const { t } = useTexts('shortcuts');
  return (
    <li className="shortcut">
      <span>{label}</span>
      <span className="flex wrap at-end gap-4 nowrap">
        {keys.map((key, index) => (
          <Fragment key={key}>
            {index > 0 && <span className="unseen">{t('or')}</span>}
            <Kbd>{key}</Kbd>
          </Fragment>
        ))}
      </span>
    </li>
  );
}

function Section({ section: { title, lines } }: { section: ShortcutSection }) {
  return (
    <section className="shortcut-part" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <ShortcutRow key={`${line.label} ${line.keys.join()}`} line={line} />
        ))}
      </ul>
    </section>
  );
}

export default function ShortcutsView() {
  const { t } = useTexts('shortcuts');
  const [query, setQuery] = useState('');
  const sections = shortcutSections(
    useRegistry(({ commands }) => commands),
    query,
  );
  return (
    <Page
      title={t('commands:view.shortcuts')}
      width="wide"
      isFocusable
      titleNote={
        <TextInput
          type="search"
          className="shortcut-search"
          aria-label={t('search')}
          placeholder={t('search')}
          data-focus-start
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      }
      actions={
        <Button leftSection={<IconPrinter size={15} stroke={1.6} />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      }
    >
      {sections.length === 0 && <p className="dim">{t('common:nothingFound')}</p>}
      <div className="shortcut-parts">
        {sections.map((section) => (
          <Section key={section.id} section={section} />
        ))}
      </div>
    </Page>
  );
}
