import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { HoldingVersion, Occurrences, Place, ServerPlace } from '#shared/contract/people.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { mayErase } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { permissionText } from '../../text/faults.ts';
import { dayShown, momentToSecond } from '../../text/formats.ts';
import { fieldInSentence, joined, quoted, typeName } from '../../text/names.ts';
import { failureText } from '../../text/refusal.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { askToExportPerson } from './export-person.tsx';
import { askToErase } from './EraseForm.tsx';
import { placeName } from './place-name.ts';
import styles from './people.module.css';

/** Shows where a person occurs, with export and erasure. */
export function showPersonalData(person: string): void {
  openDialog({ title: say('people:title'), size: 640 }, (close) => (
    <PersonalData person={person} onDone={close} />
  ));
}

function PersonalData({ person, onDone }: { person: string; onDone: () => void }) {
  const { t } = useTexts('people');
  const [progress, setProgress] = useState<Progress | null>(null);
  const me = useMe();
  const closed = useReadOnly();
  const { data: found, error } = useQuery({
    queryKey: ['people', person],
    queryFn: ({ signal }) => follow(api.people.find({ person }, { signal }), setProgress, signal),
    gcTime: 0,
    retry: false,
  });
  const verdict = me && mayErase(me);
  const refusal = closed ?? (verdict?.allowed === false ? permissionText(verdict.rule) : null);
  const isErased =
    found?.person.state === 'erased' && found.places.every(({ mentions }) => mentions.length === 0);
  return (
    <div className="stack single gap-12">
      {error && <p role="alert">{failureText(error)}</p>}
      {!error && !found && <ProgressLine progress={progress} label={t('searching')} />}
      {found && <Found found={found} />}
      <div className="dialog-buttons">
        <Button data-autofocus variant="default" onClick={onDone}>
          {t('common:close')}
        </Button>
        {found && (
          <>
            <Button variant="default" onClick={() => askToExportPerson(found.person)}>
              {t('export')}
            </Button>
            <Button
              color="red"
              disabled={refusal !== null || isErased}
              title={refusal ?? undefined}
              onClick={() => {
                onDone();
                askToErase(found);
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

function Found({ found }: { found: Occurrences }) {
  const { t } = useTexts('people');
  const { person, places, versions, files, namesakes, ids, server } = found;
  return (
    <>
      <div>
        <p className="large strong">{person.name}</p>
        <p className="dim">
          {typeName(person.type)}
          {person.university !== null && ` · ${person.university}`}
          {person.terms.length > 0 && ` · ${t('terms', { terms: joined(person.terms.map(quoted)) })}`}
        </p>
      </div>
      {namesakes.length > 0 && (
        <p role="alert">
          {t('namesakes', { names: joined(namesakes.map(({ type, id }) => `${typeName(type)} ${id}`)) })}
        </p>
      )}
      {ids.length > 0 && <p role="alert">{t('ids', { ids: joined(ids) })}</p>}
      <ul className={`card scroll most-280 ${styles.places}`}>
        {places.map((place) => (
          <Held key={place.id ?? 'live'} place={place} />
        ))}
        {server && <OnServer server={server} />}
      </ul>
      {versions.length > 0 && <Versions versions={versions} />}
      {files.length > 0 && <p className="dim">{t('files', { files: joined(files) })}</p>}
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

function Held({ place }: { place: Place }) {
  const { t } = useTexts('people');
  const { record, rows, mentions, labels, problem } = place;
  if (problem !== null) return <Line name={placeName(place)}>{t('unread', { problem })}</Line>;
  const parts = [
    t(`state.${record}`),
    ...(rows > 0 ? [t('rows', { count: rows })] : []),
    ...(mentions.length > 0 ? [t('mentions', { count: mentions.length })] : []),
    ...(labels > 0 ? [t('labels', { count: labels })] : []),
  ];
  return (
    <Line name={placeName(place)}>
      {parts.join(' · ')}
      {mentions.length > 0 && (
        <ul className={styles.mentions}>
          {mentions.map(({ type, id, title, fields }) => (
            <li key={id}>
              {typeName(type)} {quoted(title)}{' '}
              <span className="dim">
                {fields.length > 0 ? joined(fields.map((field) => fieldInSentence(field))) : t('onlyHistory')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Line>
  );
}

function OnServer({ server: { rows, mentions, backups, problem } }: { server: ServerPlace }) {
  const { t } = useTexts('people');
  if (problem !== null) return <Line name={t('server')}>{t('unread', { problem })}</Line>;
  return (
    <>
      <Line name={t('server')}>
        {[t('rows', { count: rows }), t('serverNamed', { count: mentions })].join(' · ')}
      </Line>
      {backups.map(({ id, made_at, removed }) => (
        <Line key={id} name={t('serverBackup', { when: momentToSecond(made_at) })}>
          {t('removed', { day: dayShown(removed) })}
        </Line>
      ))}
    </>
  );
}

function Versions({ versions }: { versions: readonly HoldingVersion[] }) {
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
                : t('backup', { when: made ? momentToSecond(made) : id })
            }
          >
            {problem !== null
              ? t('unread', { problem })
              : removed === null
                ? t('stays')
                : t('removed', { day: dayShown(removed) })}
          </Line>
        ))}
      </ul>
    </section>
  );
}
