import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Erased, Occurrences } from '#shared/contract/people.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { sameName } from '#shared/domain/same-name.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { joined } from '../../text/names.ts';
import { ActionFrame } from '../../ui/ActionDialog.tsx';
import { openDialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notices.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { placeName } from './place-name.ts';

/** Asks for the person's name, and erases them. */
export function askToErase(found: Occurrences): void {
  const title = say('people:eraseTitle', { name: found.person.name });
  openDialog({ title }, (close) => <EraseForm found={found} onDone={close} />);
}

function reportErased({ person, places, server }: Erased): void {
  const failed = places.filter(({ problem }) => problem !== null).map(placeName);
  const count = places.reduce((sum, { rows }) => sum + rows, 0);
  const more = [
    say('people:erasedMore', { count }),
    ...(server ? [say('people:erasedAtServer', { count: server.rows })] : []),
    ...(failed.length > 0 ? [say('people:notErased', { places: joined(failed) })] : []),
    ...(places.some(({ rewritten, problem }) => !rewritten && problem === null)
      ? [say('people:notRewritten')]
      : []),
  ];
  const isComplete = places.every(({ rewritten, problem }) => rewritten && problem === null);
  const tone = isComplete ? 'plain' : 'bad';
  notice({
    id: 'person-erased',
    title: say('people:erased', { name: person.id }),
    more: more.join('. '),
    tone,
  });
}

function EraseForm({ found, onDone }: { found: Occurrences; onDone: () => void }) {
  const { t } = useTexts('people');
  const { person, places, versions, namesakes, server } = found;
  const [typed, setTyped] = useState('');
  const [texts, setTexts] = useState(namesakes.length === 0);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [stopping] = useState(() => new AbortController());
  const { saving, failure, onSubmit } = useSubmit(async () => {
    const asked = api.people.erase({ person: person.id, mentions: texts }, { signal: stopping.signal });
    reportErased(await follow(asked, setProgress, stopping.signal));
    onDone();
  });
  const hasTexts = places.some(({ mentions, labels }) => mentions.length + labels > 0);
  return (
    <ActionFrame
      button={t('eraseNow')}
      bad
      failure={failure}
      blocked={!sameName(typed, person.name)}
      running={saving}
      working={saving ? { label: t('erasing'), progress } : null}
      onRun={onSubmit}
      onCancel={() => {
        stopping.abort();
        onDone();
      }}
    >
      <p>{t('what')}</p>
      {server && <p>{t('everywhere')}</p>}
      {versions.length > 0 && <p>{t('stillHeld', { count: versions.length })}</p>}
      {hasTexts && (
        <Checkbox
          label={t('texts')}
          checked={texts}
          onChange={(event) => setTexts(event.currentTarget.checked)}
        />
      )}
      <TextInput
        data-autofocus
        label={t('type', { name: person.name })}
        value={typed}
        readOnly={saving}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionFrame>
  );
}
