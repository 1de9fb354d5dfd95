import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ApprovedQuestion } from '#shared/contract/ask.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { showStatement, useQuestionState } from './state.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './ask.module.css';

function useApprovedQuestions() {
  return useQuery({
    // Approved questions are stored as saved views.
    queryKey: [...queryKeys.views, 'approved'],
    queryFn: async ({ signal }) => (await api.ask.approvedQuestions({}, { signal })).questions,
  });
}

async function runChange(write: () => Promise<{ title: string; op: string | null }>): Promise<void> {
  await reportErrors(async () => {
    const { title, op } = await write();
    await queryClient.invalidateQueries({ queryKey: queryKeys.views });
    notice({ title, ...undoAction(op) });
  });
}

export function ApproveButton() {
  const { t } = useTexts('ask');
  const readOnlyReason = useReadOnlyReason();
  const { data } = useApprovedQuestions();
  const { proposal, sql } = useQuestionState();
  if (!proposal || !data || sql === null || sql.trim() === '') return null;
  const { question, by } = proposal;
  if (data.some((one) => one.sql === sql && (by === 'approved' || one.question === question)))
    return <p className="dim">{t('approved.is')}</p>;
  const label = t(by === 'approved' ? 'approved.replace' : 'approved.approve');
  return (
    <Button
      disabled={readOnlyReason !== null}
      title={readOnlyReason ?? t('approved.what')}
      onClick={() =>
        void runChange(async () => {
          const { op_id } = await api.ask.approve({ question, sql });
          return { title: say('ask:approved.done', { question }), op: op_id };
        })
      }
    >
      {label}
    </Button>
  );
}

function removeApproval({ id, question }: ApprovedQuestion): Promise<void> {
  return runChange(async () => {
    const { op_id } = await api.views.remove({ id });
    return { title: say('ask:approved.removed', { question }), op: op_id };
  });
}

export function ApprovedQuestions() {
  const { t } = useTexts('ask');
  const readOnlyReason = useReadOnlyReason();
  const { data = [] } = useApprovedQuestions();
  return (
    <section aria-label={t('approved.title')}>
      <h2>{t('approved.title')}</h2>
      {data.length === 0 && <p className="dim">{t('approved.none')}</p>}
      <ul className={styles.list}>
        {data.map((one) => (
          <li className="row gap-12" key={one.id}>
            <LinkButton
              className="cut text-start"
              title={one.sql}
              onClick={() => void showStatement(one.question, one.sql)}
            >
              {one.question}
            </LinkButton>
            <span className="dim">{one.owner.name}</span>
            {readOnlyReason === null && (
              <ActionIcon
                aria-label={t('approved.remove', { question: one.question })}
                title={t('approved.remove', { question: one.question })}
                onClick={() => void removeApproval(one)}
              >
                <IconTrash size={15} stroke={1.6} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
