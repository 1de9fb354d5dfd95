import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { showPersonalData } from './PersonalData.tsx';

/** Asks for a name or id, and shows where that person occurs. */
export function askForPerson(): void {
  openDialog({ title: say('people:title') }, (close) => <AskForPerson onDone={close} />);
}

function AskForPerson({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('people');
  const [person, setPerson] = useState('');
  return (
    <form
      className="column gap-12 action-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (person.trim() === '') return;
        onDone();
        showPersonalData(person.trim());
      }}
    >
      <TextInput
        data-autofocus
        label={t('ask')}
        description={t('askHint')}
        value={person}
        onChange={(event) => setPerson(event.currentTarget.value)}
      />
      <FormEnd save={t('search')} saving={false} blocked={person.trim() === ''} onCancel={onDone} />
    </form>
  );
}
