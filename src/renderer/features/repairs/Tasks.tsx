import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listWithRecord } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { textIn } from '#shared/domain/json.ts';
import { templateNames, templatesFor } from '#shared/domain/repair-templates.ts';
import type { TemplateName } from '#shared/domain/repair-templates.ts';
import { shownTitles } from '#shared/domain/references.ts';
import { newIssueAddress, taskIssue } from '#shared/texts/task-issue.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { awaitResult } from '../../api/stream.ts';
import { pageLanguage, say, useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { queryFor } from '../../stores/queries.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { formatDay } from '../../text/formats.ts';
import { localDay } from '../../text/local-day.ts';
import { choiceName, joinWithAnd } from '../../text/names.ts';
import { copyText } from '../../ui/clipboard.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { notice, reportError, reportErrors } from '../../ui/notices.tsx';
import { RowButton } from '../../ui/RowButton.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import styles from './repairs.module.css';

const maxTasks = 100;
/** Adds the tasks of a template to a repair; by default of the one that fits its steps. */
export const planTasks = (id: string, template?: TemplateName): Promise<void> =>
  reportErrors(async () => {
    const input = { id, language: pageLanguage(), ...(template && { template }) };
    const { op_id, tasks } = await whileSaving(async () =>
      awaitResult(await api.repairs.plan(input), () => {}),
    );
    notice({ ...undoAction(op_id), title: say('repairs:tasks.added', { count: tasks.length }) });
  });

/** The templates that carry out the steps of a repair, then the others. */
function orderedTemplates({ payload }: Pick<EntityRecord, 'payload'>): TemplateName[] {
  const fitting = templatesFor(Array.isArray(payload['steps']) ? payload['steps'] : []);
  return [...fitting, ...templateNames.filter((name) => !fitting.includes(name))];
}

interface Props {
  record: EntityRecord;
  isLocked: boolean;
}

/** The tasks of a repair in their order, or a choice of templates. */
export function Tasks({ record, isLocked }: Props) {
  const { t } = useTexts('repairs');
  const { data } = useQuery(
    queryFor('entities.list', {
      type: 'task',
      filters: [{ field: 'repair_id', op: 'is', value: record.id }],
      sort: [{ field: 'created_at', direction: 'asc' }],
      limit: maxTasks,
    }),
  );
  if (!data) return null;
  const tasks = data.rows;
  return (
    <>
      {tasks.length > 0 && (
        <ul className={`stack gap-4 ${styles.tasks}`} aria-label={t('tasks.title')}>
          {tasks.map((task) => (
            <Task key={task.id} task={task} repair={record} isLocked={isLocked} />
          ))}
        </ul>
      )}
      {!isLocked && tasks.every(({ derived }) => derived['state'] === 'dropped') && (
        <PlanMenu record={record} />
      )}
    </>
  );
}

function PlanMenu({ record }: { record: EntityRecord }) {
  const { t } = useTexts('repairs');
  return (
    <div>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs">{t('tasks.plan')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {orderedTemplates(record).map((template) => (
            <Menu.Item key={template} onClick={() => void planTasks(record.id, template)}>
              {t(`template.${template}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Task({ task, repair, isLocked }: { task: EntityRecord; repair: EntityRecord; isLocked: boolean }) {
  const { t } = useTexts('repairs');
  const { payload, derived, title } = task;
  const repositoryId = typeof payload['repository_id'] === 'string' ? payload['repository_id'] : '';
  const { data: repository } = useQuery({
    ...queryFor('entities.find', { id: repositoryId }),
    enabled: repositoryId !== '',
  });
  const issue = taskIssue(task, repair, pageLanguage());
  const address = newIssueAddress(repository?.payload['url'], issue);
  const state = textIn(derived['state']);
  const isOpen = state === 'planned' || state === 'started';
  const due = typeof payload['due_on'] === 'string' ? payload['due_on'] : '';
  const facts = [
    joinWithAnd(shownTitles(derived['owners_titles'])),
    derived['blocked'] === true ? t('tasks.blocked') : choiceName(state),
    due === '' ? '' : t('due', { when: formatDay(due) }),
  ];
  const finish = (): Promise<void> =>
    reportErrors(async () => {
      const data = { done_on: localDay(new Date()) };
      const { op_id } = await whileSaving(() => api.entities.update({ type: 'task', id: task.id, data }));
      notice({ ...undoAction(op_id), title: t('tasks.finished') });
    });
  return (
    <li className="stack gap-2">
      <span>
        <LinkButton onClick={() => navigate(listWithRecord('task', task.id))}>{title}</LinkButton>{' '}
        <span className="tiny dim">{facts.filter((fact) => fact !== '').join(' · ')}</span>
      </span>
      {isOpen && (
        <span className="flex wrap gap-4">
          {!isLocked && (
            <RowButton
              label={t('tasks.finish')}
              named={`${t('tasks.finish')}: ${title}`}
              onClick={() => void finish()}
            />
          )}
          <RowButton
            label={t('tasks.copyIssue')}
            named={`${t('tasks.copyIssue')}: ${title}`}
            onClick={() => {
              if (copyText(`${issue.title}\n\n${issue.body}`))
                notice({ id: 'issue', title: t('tasks.copied') });
            }}
          />
          {address !== null && (
            <RowButton
              label={t('tasks.openIssue')}
              named={`${t('tasks.openIssue')}: ${title}`}
              onClick={() => void shell.openExternal({ url: address }).catch(reportError)}
            />
          )}
        </span>
      )}
      <EvidenceList task={task} isLocked={isLocked} />
    </li>
  );
}
