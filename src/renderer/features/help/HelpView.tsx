import { foldText } from '#shared/domain/fold.ts';
import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useRegistry } from '../../commands/registry.ts';
import { shortcutText } from '../../commands/keys.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { helpTasks, helpTerms, termWord, headingByGroup } from './terms.ts';
import type { TermGroup } from './terms.ts';
import styles from './help.module.css';

function useMatches(text: string) {
  const { t } = useTexts('help');
  const query = foldText(text.trim());
  const hasMatch = (...parts: string[]): boolean => parts.some((part) => foldText(part).includes(query));
  return {
    tasks: helpTasks.filter(({ id }) => hasMatch(t(`task.${id}`))),
    terms: (Object.keys(helpTerms) as TermGroup[])
      .map((group) => ({
        group,
        ids: helpTerms[group].filter((id) => hasMatch(termWord(id), t(`term.${id}`))),
      }))
      .filter(({ ids }) => ids.length > 0),
  };
}

function Tasks({ tasks }: { tasks: typeof helpTasks }) {
  const { t } = useTexts('help');
  const commands = useRegistry((registry) => registry.commands);
  return (
    <section>
      <h2>{t('group.tasks')}</h2>
      <ul className="help-list help-tasks">
        {tasks.map(({ id, command }) => {
          const shortcut = commands.find((candidate) => candidate.id === command)?.shortcut;
          return (
            <li key={id}>
              <span>{t(`task.${id}`)}</span>
              {shortcut !== undefined && <kbd>{shortcutText(shortcut)}</kbd>}
              <CommandButton id={command} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export default function HelpView() {
  const { t } = useTexts('help');
  const [text, setText] = useState('');
  const matches = useMatches(text);
  return (
    <Page
      title={t('commands:view.help')}
      isFocusable={matches.tasks.length === 0}
      titleNote={
        <TextInput
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
    >
      {matches.tasks.length > 0 && <Tasks tasks={matches.tasks} />}
      {matches.terms.map(({ group, ids }) => (
        <section key={group}>
          <h2>{t(headingByGroup[group])}</h2>
          <dl className="help-list">
            {ids.map((id) => (
              <div key={id} className={`stack gap-16 small line-below py-8 ${styles.helpTerm}`}>
                <dt className="medium">{termWord(id)}</dt>
                <dd className="dim">{t(`term.${id}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {matches.tasks.length === 0 && matches.terms.length === 0 && (
        <EmptyState icon={IconSearchOff} text={t('nothing', { text })}>
          <Button onClick={() => setText('')}>{t('nothingAction')}</Button>
        </EmptyState>
      )}
    </Page>
  );
}
