import { Button } from '@mantine/core';
import { IconFileText, IconPaperclip, IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { DocumentWithText } from '#shared/contract/documents.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { describedShare } from '#shared/domain/interfaces.ts';
import { isWebAddress } from '#shared/domain/web-address.ts';
import { shell } from '../../../api/shell.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useMe } from '../../../stores/profile.ts';
import { queryFor } from '../../../stores/queries.ts';
import { joinWithAnd, displayTitle, quotedTitle, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { reportError } from '../../../ui/notices.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { creationRefusal } from '../data/permissions.ts';
import { useOpenRecord } from '../data/record.ts';
import { attachFile } from './attach.ts';
import { Comments, useComments } from './Comments.tsx';
import { textStateText } from './FileCard.tsx';
import { SimilarRecords } from './SimilarRecords.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import styles from './notes.module.css';

function useDocuments(id: string) {
  return useQuery(queryFor('documents.ofRecord', { id }));
}

/** The number of documents and comments of a record; null until known. */
export function useNoteCount(id: string): number | null {
  const documents = useDocuments(id).data?.length;
  const comments = useComments(id).data?.matched;
  return documents === undefined || comments === undefined ? null : documents + comments;
}

/** The searchable state of a document, or a link to its web address. */
function DocumentNote({ record, text }: DocumentWithText) {
  const { t } = useTexts('documents');
  const { url } = record.payload;
  if (text.state !== 'no_file' || typeof url !== 'string' || !isWebAddress(url))
    return <p className="dim">{textStateText(text)}</p>;
  return (
    <LinkButton
      className="tiny"
      title={url}
      onClick={() => void shell.openExternal({ url: url.trim() }).catch(reportError)}
    >
      {t('openAddress')}
    </LinkButton>
  );
}

/** Names the documents because of which a link counts as documented; nothing without any, or if its own share is not lower. */
export function DocumentedBy({ id, share }: { id: string; share: unknown }) {
  const { t } = useTexts('documents');
  const documents = useDocuments(id).data ?? [];
  if (documents.length === 0 || (typeof share === 'number' && share >= describedShare)) return null;
  const names = documents.map(({ record }) => quotedTitle(record.title, 'document'));
  return <p className="dim">{t('countsAs', { share: describedShare, names: joinWithAnd(names) })}</p>;
}

function Documents({ record }: { record: EntityRecord }) {
  const { t } = useTexts('documents');
  const headingId = useId();
  const openRecord = useOpenRecord();
  const refusal = creationRefusal(useMe(), 'document');
  const documents = useDocuments(record.id);
  const { data } = documents;
  return (
    <section aria-labelledby={headingId} className={`stack start gap-8 ${styles.part}`}>
      <h2 className="small strong line-below full" id={headingId}>
        {typeNames('document')} <span className="dim num">{data ? numberText(data.length) : ''}</span>
      </h2>
      <QueryView
        query={documents}
        label={null}
        isEmpty={(all) => all.length === 0}
        empty={<p className="dim">{t('noDocuments')}</p>}
      >
        {(all) => (
          <ul>
            {all.map(({ record: document, text }) => (
              <li key={document.id} className={`flex gap-8 small py-8 ${styles.document}`}>
                {text.state === 'no_file' ? (
                  <IconWorld className="faint mt-2" size={16} stroke={1.6} aria-hidden />
                ) : (
                  <IconFileText className="faint mt-2" size={16} stroke={1.6} aria-hidden />
                )}
                <div className="stack start shrink">
                  <LinkButton className="medium fits cut" onClick={() => openRecord('document', document.id)}>
                    {displayTitle(document.title, 'document')}
                  </LinkButton>
                  <DocumentNote record={document} text={text} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {refusal === null && record.deleted_at === null && (
        <Button
          size="xs"
          leftSection={<IconPaperclip size={15} stroke={1.6} />}
          onClick={() => void attachFile({ recordIds: [record.id] })}
        >
          {t('attach')}
        </Button>
      )}
    </section>
  );
}

export function NotesTab({ record }: { record: EntityRecord }) {
  return (
    <div className={styles.notes}>
      {record.type !== 'document' && <Documents record={record} />}
      <Comments record={record} />
      <SimilarRecords id={record.id} />
    </div>
  );
}
