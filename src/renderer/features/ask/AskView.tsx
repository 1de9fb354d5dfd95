import { Button, Textarea, TextInput } from '@mantine/core';
import { insightsOf, recordIn } from '#shared/address/view.ts';
import type { Proposal } from '#shared/contract/ask.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { joined, titleOr, typeName } from '../../text/names.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { AnswerTable } from './AnswerTable.tsx';
import { editSql, propose, runSql, stop, typeQuestion, useQuestionState } from './state.ts';
import styles from './ask.module.css';

/** Questions that every workspace can answer, in both languages that are understood. */
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
    <section className={styles.examples} aria-label={t('examples')}>
      <p className="dim">{t('intro')}</p>
      <p className="dim">{t('examples')}</p>
      {examples.map((one) => (
        <button key={one} type="button" className="link-button" onClick={() => void propose(one)}>
          {one}
        </button>
      ))}
    </section>
  );
}

function Understood({ proposal }: { proposal: Proposal }) {
  const { t } = useTexts('ask');
  const { way, sentence, unknown } = proposal;
  return (
    <section className={styles.understood} aria-label={t('understood')}>
      <p className={styles.sentence}>{sentence}</p>
      {way.kind === 'search' && unknown.length > 0 && (
        <p className="dim">{t('unknown', { words: joined(unknown) })}</p>
      )}
      {way.kind === 'insight' && (
        <Button onClick={() => go(insightsOf(way.input.question, way.input.university ?? ''))}>
          {t('insight')}
        </Button>
      )}
    </section>
  );
}

function Statement() {
  const { t } = useTexts('ask');
  const { sql, isBusy } = useQuestionState();
  return (
    <div className={styles.statement}>
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
      <Button disabled={isBusy || sql.trim() === ''} onClick={() => void runSql()}>
        {t('run')}
      </Button>
    </div>
  );
}

function Hits() {
  const { t } = useTexts('ask');
  const { hits } = useQuestionState();
  if (hits === null) return null;
  if (hits.length === 0) return <p className="dim">{t('nothing')}</p>;
  return (
    <ul className={styles.hits}>
      {hits.map(({ id, type, title }) => (
        <li key={id}>
          <button type="button" className="link-button" onClick={() => go(recordIn(type, id))}>
            {titleOr(title, type)}
          </button>
          <span className="dim">{typeName(type)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Asks a question in words: how it was understood, the SQL before it runs, and the answer. */
export default function AskView() {
  const { t } = useTexts('ask');
  const { question, proposal, isBusy, answer, error } = useQuestionState();
  return (
    <Page title={t('title')} width="form">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void propose(question);
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
        <Button type="submit" disabled={question.trim() === ''}>
          {t('ask')}
        </Button>
      </form>
      {proposal === null && !isBusy && error === null && <Examples />}
      {proposal && <Understood proposal={proposal} />}
      {proposal?.way.kind === 'sql' && <Statement />}
      {isBusy && (
        <div className={styles.busy}>
          <ProgressLine progress={null} label={t('running')} />
          <Button size="xs" variant="default" onClick={stop}>
            {t('common:cancel')}
          </Button>
        </div>
      )}
      {error !== null && <ErrorState error={error} />}
      <Hits />
      {answer && <AnswerTable answer={answer} />}
    </Page>
  );
}
