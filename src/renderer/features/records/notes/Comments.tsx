import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { shownTitles } from '#shared/domain/references.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { draftAt, draftOf, dropDraft, keepDraft, useDraft } from '../../../stores/drafts.ts';
import { useMe } from '../../../stores/profile.ts';
import { undoAction } from '../../../stores/undo.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { joinWithAnd, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { notice, reportError } from '../../../ui/notices.tsx';
import { When } from '../../../ui/When.tsx';
import { createRecord, newId } from '../data/create.ts';
import { whyNotNew } from '../data/permissions.ts';
import { useOpenRecord } from '../data/record.ts';
import { writeChanges } from '../edit/save.ts';
import { ReferencesInput } from '../form/ReferencesInput.tsx';
import { idsIn } from '../form/values.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import styles from './notes.module.css';

const mentions = fieldOf('comment', 'mentions');

const most = 200;

export function useComments(id: string) {
  return useQuery({
    queryKey: queryKeys.comments(id),
    queryFn: ({ signal }) =>
      api.entities.list(
        { type: 'comment', filters: [{ field: 'record_id', op: 'is', value: id }], limit: most },
        { signal },
      ),
  });
}

const isResolved = ({ payload }: EntityRecord): boolean => payload['resolved'] === true;

async function toggleResolved(comment: EntityRecord): Promise<void> {
  try {
    const data = { resolved: !isResolved(comment) };
    const op_id = await writeChanges([{ kind: 'update', type: 'comment', id: comment.id, data }]);
    notice({
      ...undoAction(op_id),
      title: say(isResolved(comment) ? 'documents:reopened' : 'documents:done'),
    });
  } catch (error) {
    reportError(error);
  }
}

function Comment({ comment, isLocked }: { comment: EntityRecord; isLocked: boolean }) {
  const { t } = useTexts('documents');
  const open = useOpenRecord();
  const { payload, derived } = comment;
  const { author, text } = payload;
  const mentioned = shownTitles(derived['mentions_titles']);
  return (
    <li className={`stack gap-2 line-below py-8 ${styles.comment}`}>
      <p className="flex wrap gap-2-8">
        <span className="medium">{typeof author === 'string' && author !== '' ? author : t('noAuthor')}</span>
        <When at={comment.created_at} className="dim" />
        {isResolved(comment) && <span className="dim">{t('resolved')}</span>}
      </p>
      <p className={styles.commentText}>{typeof text === 'string' ? text : ''}</p>
      {mentioned.length > 0 && <p className="dim">{t('mentions', { names: joinWithAnd(mentioned) })}</p>}
      <div className={`row wrap tiny ${styles.actions}`}>
        {!isLocked && (
          <LinkButton onClick={() => void toggleResolved(comment)}>
            {t(isResolved(comment) ? 'reopen' : 'resolve')}
          </LinkButton>
        )}
        <LinkButton onClick={() => open('comment', comment.id)}>{t('edit')}</LinkButton>
      </div>
    </li>
  );
}

function WriteComment({ id }: { id: string }) {
  const { t } = useTexts('documents');
  const [isBusy, setBusy] = useState(false);
  const key = draftOf.comment(id);
  const { text = '', mentions: raw = null } = useDraft(key);
  const draft = typeof text === 'string' ? text : '';
  const mentionsRaw = typeof raw === 'string' ? raw : null;
  const isEmpty = draft.trim() === '';
  const send = async (): Promise<void> => {
    if (isEmpty || isBusy) return;
    setBusy(true);
    try {
      const given = draftAt(key)['id'];
      const own = typeof given === 'string' ? given : newId('comment');
      keepDraft(key, 'id', own);
      const ids = idsIn(mentionsRaw);
      await createRecord('comment', own, {
        record_id: id,
        text: draft.trim(),
        ...(ids.length > 0 && { mentions: ids }),
      });
      dropDraft(key);
    } catch (error) {
      reportError(error);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      className="stack gap-8 full"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        aria-label={t('write')}
        placeholder={t('write')}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={maxLengths.text}
        value={draft}
        onChange={({ currentTarget }) => keepDraft(key, 'text', currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {!isEmpty && (
        <div className={`stack start gap-8 ${styles.sending}`}>
          {mentions && (
            <ReferencesInput
              type="comment"
              field={mentions}
              label={t('mention')}
              placeholder={t('mention')}
              raw={mentionsRaw}
              onChange={() => {}}
              onChoose={(chosen) => keepDraft(key, 'mentions', chosen)}
            />
          )}
          <Button type="submit" size="xs" loading={isBusy}>
            {t('send')}
          </Button>
        </div>
      )}
    </form>
  );
}

export function Comments({ record }: { record: EntityRecord }) {
  const { t } = useTexts('documents');
  const heading = useId();
  const [withResolved, setWithResolved] = useState(false);
  const { data } = useComments(record.id);
  const why = whyNotNew(useMe(), 'comment');
  const rows = data?.rows ?? [];
  const resolved = rows.filter(isResolved).length;
  const shown = withResolved ? rows : rows.filter((row) => !isResolved(row));
  return (
    <section aria-labelledby={heading} className={`stack start gap-8 ${styles.part}`}>
      <h2 className="small strong line-below full" id={heading}>
        {typeNames('comment')} <span className="dim num">{data ? numberText(data.matched) : ''}</span>
      </h2>
      {why === null && record.deleted_at === null && <WriteComment id={record.id} />}
      {data && rows.length === 0 && <p className="dim">{t('noComments')}</p>}
      <ul>
        {shown.map((comment) => (
          <Comment key={comment.id} comment={comment} isLocked={why !== null} />
        ))}
      </ul>
      {resolved > 0 && !withResolved && (
        <LinkButton onClick={() => setWithResolved(true)}>
          {t('showResolved', { count: resolved })}
        </LinkButton>
      )}
    </section>
  );
}
