import { Button, Menu, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { displayTitle } from '../../text/names.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { notice, reportError, reportErrors } from '../../ui/notices.tsx';
import { saveContent } from '../../ui/save-content.ts';
import { When } from '../../ui/When.tsx';
import { captureRepair } from '../repairs/capture.ts';
import { dueSort, openRepairFilter } from '../repairs/open-repairs.ts';
import {
  chooseProject,
  newConversation,
  openConversation,
  showStatement,
  useQuestionState,
} from './state.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './ask.module.css';

function ProjectChoice() {
  const { t } = useTexts('ask');
  const project = useQuestionState((state) => state.project);
  const { data = [] } = useQuery({
    ...queryFor('entities.list', { type: 'project', limit: 500 }),
    select: ({ rows }) => rows.map(({ id, title }) => ({ value: id, label: displayTitle(title, 'project') })),
  });
  if (data.length === 0) return null;
  return (
    <Select
      className="narrow my-8"
      label={t('conversations.about')}
      data={data}
      value={project}
      placeholder={t('conversations.workspace')}
      searchable
      clearable
      onChange={chooseProject}
    />
  );
}

export function Conversations() {
  const { t } = useTexts('ask');
  const [text, setText] = useState('');
  const { data, error } = useQuery({
    ...queryFor('ask.conversations', { text }),
    select: ({ conversations }) => conversations,
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-label={t('conversations.title')}>
      <h2>{t('conversations.title')}</h2>
      <ProjectChoice />
      {error && <ErrorState error={error} />}
      {data?.length === 0 && text === '' && <p className="dim">{t('conversations.none')}</p>}
      {(text !== '' || (data !== undefined && data.length > 0)) && (
        <TextInput
          className="narrow my-8"
          aria-label={t('conversations.find')}
          placeholder={t('conversations.find')}
          value={text}
          maxLength={200}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      {data?.length === 0 && text !== '' && <p className="dim">{t('conversations.notFound')}</p>}
      <ul className={styles.list}>
        {data?.map(({ id, title, project, count, updated_at }) => (
          <li className="row gap-12" key={id}>
            <LinkButton className="cut text-start" onClick={() => openConversation(id)}>
              {title}
            </LinkButton>
            <span className="dim">
              {project && `${displayTitle(project.title, 'project')} · `}
              {t('conversations.count', { count })} · <When at={updated_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function saveConversation(id: string): Promise<void> {
  const { name, text } = await api.ask.exportConversation({ id });
  await saveContent({
    suggested: name,
    createContent: () => Promise.resolve({ kind: 'text', text }),
    failureTitle: say('ask:conversations.notSaved'),
  });
}

async function removeConversation(id: string): Promise<void> {
  await reportErrors(async () => {
    await api.ask.deleteConversation({ id });
    newConversation();
    await queryClient.invalidateQueries({ queryKey: queryKeys.conversations });
    notice({ title: say('ask:conversations.deleted') });
  });
}

const maxRepairs = 10;

/** A menu of the open repairs, and a new one, that keep the conversation as a document. */
function AttachConversation({ id, title }: { id: string; title: string }) {
  const { t } = useTexts('repairs');
  const { data } = useQuery(
    queryFor('entities.list', {
      type: 'repair',
      filters: [openRepairFilter],
      sort: [dueSort],
      limit: maxRepairs,
    }),
  );
  const attach = (repair?: string): void => void captureRepair({ kind: 'conversation', id }, title, repair);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs">{t('capture.attach')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => attach()}>{t('capture.create')}</Menu.Item>
        {data?.rows.map((repair) => (
          <Menu.Item key={repair.id} onClick={() => attach(repair.id)}>
            {displayTitle(repair.title, 'repair')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function OpenConversation({ id }: { id: string }) {
  const { t } = useTexts('ask');
  const [isConfirming, setConfirming] = useState(false);
  const readOnlyReason = useReadOnlyReason();
  const { data } = useQuery(queryFor('ask.readConversation', { id }));
  if (!data) return null;
  const { project, title, turns } = data;
  return (
    <section className="stack gap-12 line-above pt-16" aria-label={t('conversations.open')}>
      <div className={styles.head}>
        <h2>
          {project
            ? t('conversations.ofProject', { project: displayTitle(project.title, 'project') })
            : t('conversations.ofWorkspace')}
        </h2>
        <Button size="xs" onClick={newConversation}>
          {t('conversations.new')}
        </Button>
        <Button size="xs" onClick={() => void saveConversation(id).catch(reportError)}>
          {t('conversations.export')}
        </Button>
        {readOnlyReason === null && <AttachConversation id={id} title={title} />}
        {isConfirming ? (
          <Button variant="filled" size="xs" color="red" onClick={() => void removeConversation(id)}>
            {t('conversations.deleteForGood')}
          </Button>
        ) : (
          <Button size="xs" onClick={() => setConfirming(true)}>
            {t('conversations.delete')}
          </Button>
        )}
      </div>
      <ol className={styles.turns}>
        {turns.map(({ question, sql, sentence, by, asked_at }) => (
          <li className="stack gap-2-12 ends" key={asked_at}>
            <LinkButton className="cut text-start" onClick={() => void showStatement(question, sql ?? '')}>
              {question}
            </LinkButton>
            <span className="dim">
              {t(`by.${by}`)} · <When at={asked_at} />
            </span>
            {sentence !== '' && <p className="dim">{sentence}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
