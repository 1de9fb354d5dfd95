import { reasonText } from '../../text/reasons.ts';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type {
  HoldingVersion,
  Occurrences,
  FileOccurrences,
  ServerOccurrences,
  Person,
  ErasureResult,
} from '#shared/contract/people.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { eraseVerdict } from '#shared/domain/permissions.ts';
import { encryptedExtension } from '#shared/domain/formats.ts';
import { isSameName } from '#shared/domain/same-name.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
import { denialText } from '../../text/faults.ts';
import { formatDay, dateTimeToSecond } from '../../text/formats.ts';
import { fieldInSentence, joinWithAnd, quoteName, typeName } from '../../text/names.ts';
import { failureText } from '../../text/refusal.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { shell } from '../../api/shell.ts';
import { bytesText } from '../../text/bytes.ts';
import { runWithNotice } from '../../ui/long-work.tsx';
import { reportError, notice } from '../../ui/notices.tsx';
import { PassphraseForm } from '../../ui/passphrase.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import styles from './people.module.css';

function placeName({ kind, name, id }: Pick<FileOccurrences, 'kind' | 'name' | 'id'>): string {
  if (kind === 'live') return say('people:live');
  return say(`people:${kind}`, { name: name ?? id ?? '' });
}

function askToErase(occurrences: Occurrences): void {
  const title = say('people:eraseTitle', { name: occurrences.person.name });
  openDialog({ title }, (close) => <EraseForm occurrences={occurrences} onDone={close} />);
}

function reportErasure({ person, places, versions, files, server }: ErasureResult): void {
  const failedPlaces = places.filter(({ problem }) => problem !== null).map(placeName);
  const count = places.reduce((sum, { rows }) => sum + rows, 0);
  const notes = [
    say('people:erasedMore', { count }),
    ...(server ? [say('people:erasedAtServer', { count: server.rows })] : []),
    ...(server && !server.vacuumed ? [say('people:notVacuumed')] : []),
    ...(failedPlaces.length > 0 ? [say('people:notErased', { places: joinWithAnd(failedPlaces) })] : []),
    ...(places.some(({ rewritten, problem }) => !rewritten && problem === null)
      ? [say('people:notRewritten')]
      : []),
    ...(versions.length > 0 ? [say('people:stillHeld', { count: versions.length })] : []),
    ...(files.length > 0 ? [say('people:filesLeft', { files: joinWithAnd(files) })] : []),
  ];
  const isComplete =
    files.length === 0 && places.every(({ rewritten, problem }) => rewritten && problem === null);
  const tone = isComplete ? 'plain' : 'bad';
  notice({
    id: 'person-erased',
    title: say('people:erased', { name: person.id }),
    more: notes.join('. '),
    tone,
  });
}

function EraseForm({ occurrences, onDone }: { occurrences: Occurrences; onDone: () => void }) {
  const { t } = useTexts('people');
  const { person, places, versions, namesakes, server } = occurrences;
  const [typedName, setTypedName] = useState('');
  const [includesMentions, setIncludesMentions] = useState(namesakes.length === 0);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [abortController] = useState(() => new AbortController());
  const submit = useSubmit(async () => {
    const request = api.people.erase(
      { person: person.id, mentions: includesMentions },
      { signal: abortController.signal },
    );
    reportErasure(await awaitResult(request, setProgress, abortController.signal));
    onDone();
  });
  const hasMentions = places.some(({ mentions, labels, copies }) => mentions.length + labels + copies > 0);
  return (
    <DialogForm
      {...submit}
      saveLabel={t('eraseNow')}
      bad
      blocked={!isSameName(typedName, person.name)}
      work={submit.saving ? { label: t('erasing'), progress } : null}
      onCancel={() => {
        abortController.abort();
        onDone();
      }}
    >
      <p>{t('what')}</p>
      {server && <p>{t('everywhere')}</p>}
      {versions.length > 0 && <p>{t('stillHeld', { count: versions.length })}</p>}
      {hasMentions && (
        <Checkbox
          label={t('texts')}
          checked={includesMentions}
          onChange={(event) => setIncludesMentions(event.currentTarget.checked)}
        />
      )}
      <TextInput
        data-autofocus
        label={t('type', { name: person.name })}
        value={typedName}
        readOnly={submit.saving}
        onChange={(event) => setTypedName(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

function askToExportPerson(person: Person): void {
  openDialog({ title: say('people:exportTitle') }, (close) => (
    <PassphraseForm
      text={say('people:exportWhat')}
      onCancel={close}
      onChosen={(passphrase) => {
        close();
        void exportPerson(person, passphrase).catch(reportError);
      }}
    />
  ));
}

/** The suggested file name contains the id instead of the person's name. */
async function exportPerson({ id }: Person, passphrase: string | undefined): Promise<void> {
  const defaultName = say('people:suggested', { id });
  const suggested = passphrase === undefined ? defaultName : `${defaultName}${encryptedExtension}`;
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant } = target;
  await runWithNotice({
    id: 'person-export',
    title: say('people:exporting'),
    start: (signal) => api.people.exportFile({ person: id, grant, passphrase }, { signal }),
    resultNotice: ({ file, bytes }) => ({
      title: say('people:exported', { file }),
      more: bytesText(bytes),
      action: {
        label: say('common:showInFolder'),
        run: () => void shell.revealFile({ grant }).catch(reportError),
      },
    }),
  });
}

export function showPersonalData(person: string): void {
  openDialog({ title: say('people:title'), size: 640 }, (close) => (
    <PersonalData person={person} onDone={close} />
  ));
}

function PersonalData({ person, onDone }: { person: string; onDone: () => void }) {
  const { t } = useTexts('people');
  const [progress, setProgress] = useState<Progress | null>(null);
  const me = useMe();
  const readOnlyReason = useReadOnlyReason();
  const { data: occurrences, error } = useQuery({
    queryKey: ['people', person],
    queryFn: ({ signal }) => awaitResult(api.people.find({ person }, { signal }), setProgress, signal),
    gcTime: 0,
    retry: false,
  });
  const refusal = readOnlyReason ?? denialText(me && eraseVerdict(me));
  const isFullyErased =
    occurrences?.person.state === 'erased' &&
    occurrences.places.every(({ mentions }) => mentions.length === 0);
  return (
    <div className="stack single gap-12">
      {error && <p role="alert">{failureText(error)}</p>}
      {!error && !occurrences && <ProgressLine progress={progress} label={t('searching')} />}
      {occurrences && <OccurrenceList occurrences={occurrences} />}
      <div className="dialog-buttons">
        <Button data-autofocus onClick={onDone}>
          {t('common:close')}
        </Button>
        {occurrences && (
          <>
            <Button onClick={() => askToExportPerson(occurrences.person)}>{t('export')}</Button>
            <Button
              variant="filled"
              color="red"
              disabled={refusal !== null || isFullyErased}
              title={refusal ?? undefined}
              onClick={() => {
                onDone();
                askToErase(occurrences);
              }}
            >
              {t('erase')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function OccurrenceList({ occurrences }: { occurrences: Occurrences }) {
  const { t } = useTexts('people');
  const { person, places, versions, files, namesakes, ids, server } = occurrences;
  return (
    <>
      <div>
        <p className="large strong">{person.name}</p>
        <p className="dim">
          {typeName(person.type)}
          {person.university !== null && ` · ${person.university}`}
          {person.terms.length > 0 && ` · ${t('terms', { terms: joinWithAnd(person.terms.map(quoteName)) })}`}
        </p>
      </div>
      {namesakes.length > 0 && (
        <p role="alert">
          {t('namesakes', { names: joinWithAnd(namesakes.map(({ type, id }) => `${typeName(type)} ${id}`)) })}
        </p>
      )}
      {ids.length > 0 && <p role="alert">{t('ids', { ids: joinWithAnd(ids) })}</p>}
      <ul className={`card scroll most-280 ${styles.places}`}>
        {places.map((place) => (
          <PlaceLine key={place.id ?? 'live'} place={place} />
        ))}
        {server && <ServerLines server={server} />}
      </ul>
      {versions.length > 0 && <VersionList versions={versions} />}
      {files === null && <p className="dim">{t('filesUnknown')}</p>}
      {files !== null && files.length > 0 && (
        <p className="dim">{t('files', { files: joinWithAnd(files) })}</p>
      )}
    </>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li>
      <span className="medium">{name}</span>
      <span>{children}</span>
    </li>
  );
}

function PlaceLine({ place }: { place: FileOccurrences }) {
  const { t } = useTexts('people');
  const { record, rows, mentions, labels, copies, problem } = place;
  if (problem !== null)
    return <Line name={placeName(place)}>{t('unread', { problem: reasonText(problem) })}</Line>;
  const parts = [
    t(`state.${record}`),
    ...(rows > 0 ? [t('rows', { count: rows })] : []),
    ...(mentions.length > 0 ? [t('mentions', { count: mentions.length })] : []),
    ...(labels > 0 ? [t('labels', { count: labels })] : []),
    ...(copies > 0 ? [t('copies', { count: copies })] : []),
  ];
  return (
    <Line name={placeName(place)}>
      {parts.join(' · ')}
      {mentions.length > 0 && (
        <ul className={styles.mentions}>
          {mentions.map(({ type, id, title, fields }) => (
            <li key={id}>
              {typeName(type)} {quoteName(title)}{' '}
              <span className="dim">
                {fields.length > 0
                  ? joinWithAnd(fields.map((field) => fieldInSentence(field)))
                  : t('onlyHistory')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Line>
  );
}

function ServerLines({ server: { rows, mentions, backups, problem } }: { server: ServerOccurrences }) {
  const { t } = useTexts('people');
  if (problem !== null)
    return <Line name={t('server')}>{t('unread', { problem: reasonText(problem) })}</Line>;
  return (
    <>
      <Line name={t('server')}>
        {[t('rows', { count: rows }), t('serverNamed', { count: mentions })].join(' · ')}
      </Line>
      {backups.map(({ id, made_at, removed }) => (
        <Line key={id} name={t('serverBackup', { when: dateTimeToSecond(made_at) })}>
          {t('removed', { day: formatDay(removed) })}
        </Line>
      ))}
    </>
  );
}

function VersionList({ versions }: { versions: readonly HoldingVersion[] }) {
  const { t } = useTexts('people');
  return (
    <section aria-label={t('kept')}>
      <h2 className="small strong mb-8">{t('kept')}</h2>
      <ul className={`card scroll most-280 ${styles.places}`}>
        {versions.map(({ kind, id, made, removed, problem }) => (
          <Line
            key={`${kind} ${id}`}
            name={
              kind === 'golden'
                ? t('golden', { number: id })
                : t('backup', { when: made ? dateTimeToSecond(made) : id })
            }
          >
            {problem !== null
              ? t('unread', { problem: reasonText(problem) })
              : removed === null
                ? t('stays')
                : t('removed', { day: formatDay(removed) })}
          </Line>
        ))}
      </ul>
    </section>
  );
}
