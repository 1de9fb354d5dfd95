import { Button, Textarea, TextInput, ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useEffect } from 'react';
import { IconArrowUpRight } from '@tabler/icons-react';
import { askOf, insightsOf, listWithRecord } from '#shared/address/view.ts';
import type { Proposal, ShownRequest, SqlAnswer } from '#shared/contract/ask.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate, useView } from '../../stores/address.ts';
import { queryFor } from '../../stores/queries.ts';
import { describeError, faultData } from '../../text/faults.ts';
import { joinWithAnd, displayTitle, typeName } from '../../text/names.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { rememberPassage } from '../records/notes/found-passage.ts';
import { ApproveButton, ApprovedQuestions } from './approved.tsx';
import { Conversations, OpenConversation } from './conversations.tsx';
import {
  editSql,
  canRepair,
  proposeAnswer,
  repairAnswer,
  runSql,
  showStatement,
  stopAsking,
  typeQuestion,
  useQuestionState,
  searchInstead,
  sendToModel,
} from './state.ts';
import { numberText } from '../../text/values.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { ModelRequest } from '../../ui/ModelRequest.tsx';
import styles from './ask.module.css';

type Cell = SqlAnswer['rows'][number][number];

const cellText = (value: Cell): string =>
  value === null ? '–' : typeof value === 'number' ? numberText(value) : value;

/** Id columns are narrow, because the row has a link to the record. */
function cellClass(value: Cell, records: SqlAnswer['records'][number]): string | undefined {
  if (typeof value === 'number') return 'num';
  return records.some(({ id }) => id === value) ? styles.id : undefined;
}

function AnswerChart({ answer }: { answer: SqlAnswer }) {
  const { t } = useTexts('ask');
  const { chart, columns, rows } = answer;
  if (chart === null || rows.length < 2) return null;
  const [label, value] = [columns[chart.label]?.name ?? '', columns[chart.value]?.name ?? ''];
  return (
    <Chart
      title={t('chart', { value, label })}
      axis={{ key: 'label', label }}
      rows={rows.map((row) => ({
        label: cellText(row[chart.label] ?? null),
        value: Number(row[chart.value]),
      }))}
      series={[{ key: 'value', label: value, color: 'var(--cat-1)', kind: 'bar' }]}
      format={(shown) => numberText(shown)}
      isHorizontal
    />
  );
}

type SqlRow = SqlAnswer['rows'][number];

function AnswerTable({ answer }: { answer: SqlAnswer }) {
  const { t } = useTexts('ask');
  const { columns, rows, records, sentence, truncated } = answer;
  return (
    <section aria-label={t('rows')} className="stack gap-12">
      <p className="medium">{sentence}</p>
      <AnswerChart answer={answer} />
      {rows.length > 0 && (
        /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reachable by keyboard */
        <section className="card scroll-x" aria-label={t('rows')} tabIndex={0}>
          <DataTable
            rows={rows}
            keyOf={(_, index) => index}
            className={styles.table}
            columns={[
              {
                key: 'record',
                renderCell: (_, index) => {
                  const [record] = records[index] ?? [];
                  return (
                    record && (
                      <ActionIcon
                        aria-label={`${t('records')}: ${displayTitle(record.title, record.type)}`}
                        title={displayTitle(record.title, record.type)}
                        onClick={() => navigate(listWithRecord(record.type, record.id))}
                      >
                        <IconArrowUpRight size={15} stroke={1.6} />
                      </ActionIcon>
                    )
                  );
                },
              },
              ...columns.map(({ name }, column) => ({
                key: name,
                title: name,
                classOf: (row: SqlRow, index: number) => cellClass(row[column] ?? null, records[index] ?? []),
                hintOf: (row: SqlRow) => cellText(row[column] ?? null),
                renderCell: (row: SqlRow) => cellText(row[column] ?? null),
              })),
            ]}
          />
        </section>
      )}
      {truncated && <p className="dim">{t('truncated', { count: rows.length })}</p>}
    </section>
  );
}

function QuestionRequest({ request }: { request: ShownRequest }) {
  const { t } = useTexts('ask');
  const isBusy = useQuestionState((state) => state.isBusy);
  const { level, repair } = request;
  const contents = t(`request.level.${level}`);
  return (
    <ModelRequest
      request={request}
      contents={repair > 0 ? `${contents} ${t('request.failed')}` : contents}
      isBusy={isBusy}
      onSend={() => void sendToModel(request)}
    >
      <Button disabled={isBusy} onClick={() => void searchInstead()}>
        {t('request.search')}
      </Button>
    </ModelRequest>
  );
}

const examples = [
  'Who leaving would hurt us most?',
  'links without documentation',
  'students per university',
  'the 5 largest teams',
  'Wie viele Teams pro Fachgebiet?',
];

function Examples() {
  const { t } = useTexts('ask');
  return (
    <section className="stack start gap-8" aria-label={t('examples')}>
      <p className="dim">{t('intro')}</p>
      <p className="dim">{t('examples')}</p>
      {examples.map((example) => (
        <LinkButton key={example} onClick={() => void proposeAnswer(example)}>
          {example}
        </LinkButton>
      ))}
    </section>
  );
}

function Interpretation({ proposal }: { proposal: Proposal }) {
  const { t } = useTexts('ask');
  const sql = useQuestionState((state) => state.sql);
  const { way, sentence, unknown, by, model, question } = proposal;
  return (
    <section className="stack start gap-8" aria-label={t('understood')}>
      <p>
        {sentence !== '' && <span className="medium">{sentence} </span>}
        <span className="dim">{t(`by.${by}`)}</span>
      </p>
      {way.kind === 'search' && unknown.length > 0 && (
        <p className="dim">{t('unknown', { words: joinWithAnd(unknown) })}</p>
      )}
      {way.kind === 'search' && model === null && (
        <p className="dim">
          {t('noModel')}{' '}
          <LinkButton onClick={() => navigate({ kind: 'preferences' })}>{t('setUp')}</LinkButton>
        </p>
      )}
      {way.kind === 'insight' && (
        <Button
          variant="filled"
          onClick={() => navigate(insightsOf(way.input.question, way.input.university ?? ''))}
        >
          {t('insight')}
        </Button>
      )}
      {way.kind === 'search' && sql === null && <Button onClick={() => editSql('')}>{t('write')}</Button>}
      {model !== null && way.kind !== 'model' && by !== 'model' && (
        <Button onClick={() => void proposeAnswer(question, 'model')}>{t('request.ask', { model })}</Button>
      )}
    </section>
  );
}

function SchemaTables() {
  const { t } = useTexts('ask');
  const { data } = useQuery({
    ...queryFor('ask.schema', {}),
    select: ({ tables }) => tables,
  });
  return (
    <details className={`full ${styles.tables}`}>
      <summary className="dim pointer">{t('tables')}</summary>
      <dl className="stack gap-2-12 tiny">
        {data?.map(({ name, columns }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd className="dim">{joinWithAnd(columns.map((column) => column.name))}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}

function Statement({ sql }: { sql: string }) {
  const { t } = useTexts('ask');
  const isBusy = useQuestionState((state) => state.isBusy);
  return (
    <div className={`stack start gap-8 ${styles.statement}`}>
      <Textarea
        label={t('sql')}
        autosize
        minRows={2}
        maxRows={14}
        classNames={{ input: styles.code ?? '' }}
        spellCheck={false}
        value={sql}
        onChange={({ currentTarget }) => editSql(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void runSql();
        }}
      />
      <div className={styles.buttons}>
        <Button variant="filled" disabled={isBusy || sql.trim() === ''} onClick={() => void runSql()}>
          {t('run')}
        </Button>
        <ApproveButton />
      </div>
      <SchemaTables />
    </div>
  );
}

function Hits() {
  const { t } = useTexts('ask');
  const { hits, proposal } = useQuestionState();
  if (hits === null) return null;
  if (hits.length === 0) return <p className="dim">{t('nothing')}</p>;
  const way = proposal?.way;
  return (
    <ul className="stack gap-8">
      {hits.map((hit) => (
        <li className="flex baseline gap-8" key={hit.id}>
          <LinkButton
            onClick={() => {
              rememberPassage(hit, way?.kind === 'search' ? way.input.text : '');
              navigate(listWithRecord(hit.type, hit.id));
            }}
          >
            {displayTitle(hit.title, hit.type)}
          </LinkButton>
          <span className="dim">{typeName(hit.type)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The error, and a button that lets the model correct the statement if the model wrote it. */
function QuestionError() {
  const { t } = useTexts('ask');
  const state = useQuestionState();
  if (state.error === null) return null;
  return (
    <>
      <ErrorState error={state.error}>
        {faultData(state.error, 'SQL') && <p>{describeError(state.error).detail}</p>}
      </ErrorState>
      {canRepair(state) && (
        <div>
          <Button variant="filled" onClick={() => void repairAnswer()}>
            {t('request.repair', { model: state.proposal?.model ?? '' })}
          </Button>
        </div>
      )}
    </>
  );
}

/** Shows the question that the address holds, and removes it from the address, so that it is asked only once. */
function useAddressQuestion(): void {
  const view = useView();
  useEffect(() => {
    if (view.kind !== 'ask' || view.question === '') return;
    void showStatement(view.question, view.sql);
    navigate(askOf(), { replace: true });
  }, [view]);
}

/** Asks a question in words: its interpretation, the SQL before it runs, and the answer. */
export default function AskView() {
  const { t } = useTexts('ask');
  useAddressQuestion();
  const { question, proposal, sql, isBusy, answer, error, conversation } = useQuestionState();
  const isIdle = proposal === null && !isBusy && error === null;
  return (
    <Page title={t('title')} width="form">
      <form
        className="stack gap-8 ends"
        onSubmit={(event) => {
          event.preventDefault();
          void proposeAnswer(question);
        }}
      >
        <TextInput
          aria-label={t('question')}
          placeholder={t('placeholder')}
          data-autofocus
          value={question}
          maxLength={1000}
          onChange={({ currentTarget }) => typeQuestion(currentTarget.value)}
        />
        <Button variant="filled" type="submit" disabled={question.trim() === ''}>
          {t('ask')}
        </Button>
      </form>
      {isIdle && conversation === null && (
        <>
          <Examples />
          <ApprovedQuestions />
          <Conversations />
        </>
      )}
      {proposal && <Interpretation proposal={proposal} />}
      {proposal?.way.kind === 'model' && <QuestionRequest request={proposal.way.request} />}
      {proposal && proposal.way.kind !== 'model' && sql !== null && <Statement sql={sql} />}
      {isBusy && <ProgressLine progress={null} label={t('running')} onCancel={stopAsking} />}
      <QuestionError />
      <Hits />
      {answer && <AnswerTable answer={answer} />}
      {conversation !== null && <OpenConversation key={conversation} id={conversation} />}
    </Page>
  );
}
