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
import { getDraft, draftKeyOf, dropDraft, setDraftField, useDraft } from '../../../stores/drafts.ts';
import { useMe } from '../../../stores/profile.ts';
import { undoAction } from '../../../stores/undo.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { joinWithAnd, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { notice, reportErrors } from '../../../ui/notices.tsx';
import { useBusy } from '../../../ui/useBusy.ts';
import { When } from '../../../ui/When.tsx';
import { createRecord, newId } from '../data/create.ts';
import { creationRefusal } from '../data/permissions.ts';
import { useOpenRecord } from '../data/record.ts';
import { writeChanges } from '../edit/save.ts';
import { ReferencesInput } from '../form/ReferencesInput.tsx';
import { idsIn } from '../form/values.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import styles from './notes.module.css';

const mentionsField = fieldOf('comment', 'mentions');

const maxComments = 200;

export function useComments(id: string) {
  return useQuery({
    queryKey: queryKeys.comments(id),
    queryFn: ({ signal }) =>
      api.entities.list(
        { type: 'comment', filters: [{ field: 'record_id', op: 'is', value: id }], limit: maxComments },
        { signal },
      ),
  });
}

const isResolved = ({ payload }: EntityRecord): boolean => payload['resolved'] === true;

async function toggleResolved(comment: EntityRecord): Promise<void> {
  await reportErrors(async () => {
    const data = { resolved: !isResolved(comment) };
    const op_id = await writeChanges([{ kind: 'update', type: 'comment', id: comment.id, data }]);
    notice({
      ...undoAction(op_id),
      title: say(isResolved(comment) ? 'documents:reopened' : 'documents:done'),
    });
  });
}

/** Who wrote a comment, who brought it in from elsewhere, and who else changed it last. */
export function CommentAuthor({ comment }: { comment: EntityRecord }) {
  const { t } = useTexts('documents');
  const { author, recorded_author } = comment.payload;
  const { changed_by } = comment.derived;
  const hasText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const writer = hasText(author) ? author : t('noAuthor');
  return (
    <>
      <span className="medium">{hasText(recorded_author) ? recorded_author : writer}</span>
      {hasText(recorded_author) && <span className="dim">{t('submittedBy', { name: writer })}</span>}
      {hasText(changed_by) && <span className="dim">{t('changedBy', { name: changed_by })}</span>}
    </>
  );
}

function Comment({ comment, isLocked }: { comment: EntityRecord; isLocked: boolean }) {
  const { t } = useTexts('documents');
  const openRecord = useOpenRecord();
  const { payload, derived } = comment;
  const { text } = payload;
  const mentionedNames = shownTitles(derived['mentions_titles']);
  return (
    <li className={`stack gap-2 line-below py-8 ${styles.comment}`}>
      <p className="flex wrap gap-2-8">
        <CommentAuthor comment={comment} />
        <When at={comment.created_at} className="dim" />
        {isResolved(comment) && <span className="dim">{t('resolved')}</span>}
      </p>
      <p className={styles.commentText}>{typeof text === 'string' ? text : ''}</p>
      {mentionedNames.length > 0 && (
        <p className="dim">{t('mentions', { names: joinWithAnd(mentionedNames) })}</p>
      )}
      <div className={`row wrap tiny ${styles.actions}`}>
        {!isLocked && (
          <LinkButton onClick={() => void toggleResolved(comment)}>
            {t(isResolved(comment) ? 'reopen' : 'resolve')}
          </LinkButton>
        )}
        <LinkButton onClick={() => openRecord('comment', comment.id)}>{t('edit')}</LinkButton>
      </div>
    </li>
  );
}

function CommentForm({ id }: { id: string }) {
  const { t } = useTexts('documents');
  const draftKey = draftKeyOf.comment(id);
  const { text = '', mentions: storedMentions = null } = useDraft(draftKey);
  const draftText = typeof text === 'string' ? text : '';
  const mentionsRaw = typeof storedMentions === 'string' ? storedMentions : null;
  const isEmpty = draftText.trim() === '';
  const [isBusy, submit] = useBusy(() =>
    reportErrors(async () => {
      const draftId = getDraft(draftKey)['id'];
      const commentId = typeof draftId === 'string' ? draftId : newId('comment');
      setDraftField(draftKey, 'id', commentId);
      const ids = idsIn(mentionsRaw);
      await createRecord('comment', commentId, {
        record_id: id,
        text: draftText.trim(),
        ...(ids.length > 0 && { mentions: ids }),
      });
      dropDraft(draftKey);
    }),
  );
  const send = (): void => {
    if (!isEmpty && !isBusy) submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="stack gap-8 full"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label={t('write')}
        placeholder={t('write')}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={maxLengths.text}
        value={draftText}
        onChange={({ currentTarget }) => setDraftField(draftKey, 'text', currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {!isEmpty && (
        <div className={`stack start gap-8 ${styles.sending}`}>
          {mentionsField && (
            <ReferencesInput
              type="comment"
              field={mentionsField}
              label={t('mention')}
              placeholder={t('mention')}
              raw={mentionsRaw}
              onChange={() => {}}
              onChoose={(chosen) => setDraftField(draftKey, 'mentions', chosen)}
            />
          )}
          <Button variant="filled" type="submit" size="xs" loading={isBusy}>
            {t('send')}
          </Button>
        </div>
      )}
    </form>
  );
}

export function Comments({ record }: { record: EntityRecord }) {
  const { t } = useTexts('documents');
  const headingId = useId();
  const [showsResolved, setShowsResolved] = useState(false);
  const { data } = useComments(record.id);
  const refusal = creationRefusal(useMe(), 'comment');
  const rows = data?.rows ?? [];
  const resolvedCount = rows.filter(isResolved).length;
  const shownComments = showsResolved ? rows : rows.filter((row) => !isResolved(row));
  return (
    <section aria-labelledby={headingId} className={`stack start gap-8 ${styles.part}`}>
      <h2 className="small strong line-below full" id={headingId}>
        {typeNames('comment')} <span className="dim num">{data ? numberText(data.matched) : ''}</span>
      </h2>
      {refusal === null && record.deleted_at === null && <CommentForm id={record.id} />}
      {data && rows.length === 0 && <p className="dim">{t('noComments')}</p>}
      <ul>
        {shownComments.map((comment) => (
          <Comment key={comment.id} comment={comment} isLocked={refusal !== null} />
        ))}
      </ul>
      {resolvedCount > 0 && !showsResolved && (
        <LinkButton onClick={() => setShowsResolved(true)}>
          {t('showResolved', { count: resolvedCount })}
        </LinkButton>
      )}
    </section>
  );
}
