import { Button, CloseButton } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, useEffect, useMemo, useRef } from 'react';
import type { TextReport } from '#shared/contract/documents.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { marksOf } from '#shared/domain/word-marks.ts';
import { api } from '../../../api/client.ts';
import { shell } from '../../../api/shell.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { bytesText } from '../../../text/bytes.ts';
import { streamWithProgress } from '../../../ui/long-work.tsx';
import { MarkedText } from '../../../ui/MarkedText.tsx';
import { notice } from '../../../ui/notices.tsx';
import { repairDocuments, reportDocumentError } from '../../../ui/repair-documents.tsx';
import { attachFile } from './attach.ts';
import { clearPassage, useFoundPassage } from './found-passage.ts';
import type { FoundPassage } from './found-passage.ts';
import styles from './notes.module.css';

export function textStateText({ state, pages }: TextReport): string {
  if (state === 'no_file') return '';
  if (state !== 'complete') return say(`documents:state.${state}`);
  return pages === null ? say('documents:searchableText') : say('documents:searchable', { count: pages });
}

type TextWithFile = Awaited<ReturnType<typeof api.documents.text>>;

interface Props {
  text: readonly string[];
  hasPages: boolean;
  passage: FoundPassage | null;
}

/** The text of a document with marked words, scrolled to the first marked word on the page of the hit. */
function DocumentText({ text, hasPages, passage }: Props) {
  const { t } = useTexts('documents');
  const box = useRef<HTMLElement>(null);
  const pages = useMemo(
    () =>
      text.map((page) => ({
        text: page,
        marks: passage ? marksOf(page, passage.words, passage.onlyAtWordStart) : [],
      })),
    [text, passage],
  );
  useEffect(() => {
    if (!passage) return;
    const pageElement = box.current?.children[(passage.page ?? 1) - 1];
    const target = pageElement?.querySelector('mark') ?? box.current?.querySelector('mark') ?? pageElement;
    target?.scrollIntoView({ block: 'center' });
  }, [passage]);
  return (
    // Focusable, so that it can be scrolled by keyboard.
    <section
      ref={box}
      className={`card scroll-y pad-8 on-bg most-280 ${styles.text}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={t('file.text')}
    >
      {pages.map((page, pageIndex) => (
        <div key={pageIndex}>
          {hasPages && <h3 className="tiny medium dim">{t('file.page', { page: pageIndex + 1 })}</h3>}
          <p className="breaks lines mb-8">
            <MarkedText before="" excerpt={page} />
          </p>
        </div>
      ))}
    </section>
  );
}

/** Downloads a missing file from the server. */
const fetchFile = (id: string, { name }: StoredFile): Promise<unknown> =>
  streamWithProgress(say('documents:file.fetching', { file: name }), (signal) =>
    api.sync.fetchFile({ id }, { signal }),
  );

/** Runs work on a file; an error about the stored file offers its repair. */
async function reportFileErrors(id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    reportDocumentError(error, id);
  }
}

const writeFile = (id: string, sha256: string, grant: string) =>
  streamWithProgress(say('transfer:step.writing'), (signal) =>
    api.documents.save({ id, sha256, grant }, { signal }),
  );

async function openFile(id: string, file: StoredFile, isMissing: boolean): Promise<void> {
  const { sha256, name, media_type } = file;
  await reportFileErrors(id, async () => {
    if (isMissing) await fetchFile(id, file);
    const copy = await shell.documentCopy({ name, mediaType: media_type });
    if (copy) await writeFile(id, sha256, copy.grant);
    const outcome = copy ? await shell.openDocument({ grant: copy.grant }) : 'refused';
    if (outcome === 'refused') notice({ title: say('documents:file.refused'), tone: 'bad' });
  });
}

async function saveFile(id: string, file: StoredFile, isMissing: boolean): Promise<void> {
  const { name, sha256 } = file;
  await reportFileErrors(id, async () => {
    if (isMissing) await fetchFile(id, file);
    const target = await shell.chooseSaveFile({ purpose: 'export', suggested: name.slice(-200) });
    if (!target) return;
    const { file: savedFile } = await writeFile(id, sha256, target.grant);
    notice({ title: say('documents:file.saved', { file: savedFile }) });
  });
}

function Passage({ page, excerpt }: FoundPassage) {
  const { t } = useTexts('documents');
  const label = page === null ? t('file.found') : t('file.foundOnPage', { page });
  return (
    <section className={`stack center gap-2-8 ends ${styles.found}`} aria-label={label}>
      <p className="dim">{label}</p>
      <CloseButton
        size="xs"
        aria-label={t('file.hidePassage')}
        title={t('file.hidePassage')}
        onClick={clearPassage}
      />
      <blockquote>
        <MarkedText before="" excerpt={excerpt} />
      </blockquote>
    </section>
  );
}

function FileState({ report }: { report: TextWithFile }) {
  const { t } = useTexts('documents');
  const { file } = report;
  if (file === 'missing') return <p className="dim">{t('state.missing')}</p>;
  if (file === null || file === 'intact') return <p className="dim">{textStateText(report)}</p>;
  return <p className="bad">{t(`file.${file}`)}</p>;
}

/** The file of a document with its state and text. `isLocked`: the actor is not allowed to change the document. */
export function FileCard({ record, isLocked }: { record: EntityRecord; isLocked: boolean }) {
  const { t } = useTexts('documents');
  const [isTextShown, setTextShown] = useState(false);
  const { id, payload } = record;
  const passage = useFoundPassage((state) => (state.found?.id === id ? state.found : null));
  const file = (payload['file'] ?? null) as StoredFile | null;
  const { data, refetch } = useQuery({
    queryKey: [...queryKeys.record(id), 'text', file?.sha256],
    queryFn: ({ signal }) => api.documents.text({ id }, { signal }),
    enabled: file !== null,
    // No change of records tells of a file that was changed on the disk.
    refetchOnMount: 'always',
  });
  const isMissing = data?.file === 'missing';
  const isDamaged = !isMissing && typeof data?.file === 'string' && data.file !== 'intact';
  const runOnFile = (action: typeof openFile, storedFile: StoredFile): void =>
    void action(id, storedFile, isMissing).then(() => (isMissing ? refetch() : null));
  const hasText = data !== undefined && data.characters > 0;
  return (
    <section
      className={`stack gap-8 mb-12 px-12 py-8 sunken rounded ${styles.file}`}
      aria-label={t('file.title')}
    >
      {file === null ? (
        <p className="dim">{t('file.none')}</p>
      ) : (
        <>
          <p className={styles.fileName}>
            <IconFileText size={16} stroke={1.6} aria-hidden />
            <span className="cut" title={file.name}>
              {file.name}
            </span>
            <span className="dim num">{bytesText(file.bytes)}</span>
          </p>
          {data && <FileState report={data} />}
        </>
      )}
      {passage && <Passage {...passage} />}
      <div className={`row wrap tiny ${styles.actions}`}>
        {file !== null && (
          <>
            <Button size="xs" onClick={() => runOnFile(openFile, file)}>
              {t('file.open')}
            </Button>
            <Button size="xs" onClick={() => runOnFile(saveFile, file)}>
              {t('file.save')}
            </Button>
            {isDamaged && (
              <Button size="xs" onClick={() => void repairDocuments(id)}>
                {t('repair.one')}
              </Button>
            )}
          </>
        )}
        {!isLocked && (
          <Button size="xs" onClick={() => void attachFile({ document: id })}>
            {t(file === null ? 'attach' : 'file.replace')}
          </Button>
        )}
        {hasText && (
          <Button
            size="xs"
            variant="subtle"
            aria-expanded={isTextShown}
            onClick={() => setTextShown((previous) => !previous)}
          >
            {t(isTextShown ? 'file.hideText' : 'file.text')}
          </Button>
        )}
      </div>
      {isTextShown && hasText && (
        <DocumentText text={data.text} hasPages={data.pages !== null} passage={passage} />
      )}
    </section>
  );
}
