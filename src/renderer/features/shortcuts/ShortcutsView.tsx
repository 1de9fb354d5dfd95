import { foldText } from '#shared/domain/fold.ts';
import './shortcuts.css';
import type { Command, CommandGroup } from '../../commands/command.ts';
import { shortcutText } from '../../commands/keys.ts';
import { inOrder } from '../../commands/menu.ts';
import { localKeys } from '../../commands/local-keys.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { Button, Kbd, TextInput } from '@mantine/core';
import { IconPrinter, IconSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useRegistry } from '../../commands/registry.ts';
import { Page } from '../../ui/Page.tsx';

export interface SheetLine {
  label: string;
  /** The displayed shortcuts: `Ctrl Shift Z`. */
  keys: readonly string[];
}

export interface SheetPart {
  id: string;
  title: string;
  lines: readonly SheetLine[];
}

const order: readonly CommandGroup[] = ['file', 'edit', 'view', 'go', 'record', 'data', 'help'];

const elsewhere = (id: string): boolean => /^(tab\.nth|list\.|record\.)/.test(id);

function partsOfCommands(commands: readonly Command[]): SheetPart[] {
  const ordered = inOrder(commands);
  return order.flatMap((group) => {
    const lines = ordered
      .filter((command) => command.group === group && !command.local && !elsewhere(command.id))
      .flatMap(({ id, label, shortcut, also = [] }): SheetLine[] => {
        if (shortcut === undefined) return [];
        // The label without the step that would be undone.
        const name =
          id === 'edit.undo' ? say('common:undo') : id === 'edit.redo' ? say('common:redo') : label;
        return [{ label: name, keys: [shortcut, ...also].map(shortcutText) }];
      });
    return lines.length === 0 ? [] : [{ id: group, title: say(`commands:group.${group}`), lines }];
  });
}

const fits = (text: string, typed: string): boolean => foldText(text).includes(typed);

/** All shortcuts by section whose name or keys contain the typed text. */
export function sheetOf(commands: readonly Command[], typed: string): readonly SheetPart[] {
  const text = foldText(typed.trim());
  const local = localKeys.map((make): SheetPart => {
    const { id, title, keys } = make();
    return { id, title, lines: keys.map((one) => ({ label: one.label, keys: one.keys.map(shortcutText) })) };
  });
  return [...partsOfCommands(commands), ...local].flatMap((part) => {
    const lines = part.lines.filter(
      ({ label, keys }) => fits(`${part.title} ${label}`, text) || keys.some((key) => fits(key, text)),
    );
    return lines.length === 0 ? [] : [{ ...part, lines }];
  });
}

function Line({ line: { label, keys } }: { line: SheetLine }) {
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

function Part({ part: { title, lines } }: { part: SheetPart }) {
  return (
    <section className="shortcut-part" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <Line key={`${line.label} ${line.keys.join()}`} line={line} />
        ))}
      </ul>
    </section>
  );
}

export default function ShortcutsView() {
  const { t } = useTexts('shortcuts');
  const [typed, setTyped] = useState('');
  const parts = sheetOf(
    useRegistry(({ commands }) => commands),
    typed,
  );
  return (
    <Page
      title={t('commands:view.shortcuts')}
      width="wide"
      still
      titleNote={
        <TextInput
          type="search"
          className="shortcut-search"
          aria-label={t('search')}
          placeholder={t('search')}
          data-focus-start
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      }
      actions={
        <Button
          variant="default"
          leftSection={<IconPrinter size={15} stroke={1.6} />}
          onClick={() => window.print()}
        >
          {t('print')}
        </Button>
      }
    >
      {parts.length === 0 && <p className="dim">{t('common:nothingFound')}</p>}
      <div className="shortcut-parts">
        {parts.map((part) => (
          <Part key={part.id} part={part} />
        ))}
      </div>
    </Page>
  );
}
