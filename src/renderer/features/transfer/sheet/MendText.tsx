import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { withValue } from './choices.ts';
import { LeaveEmpty } from './MendWays.tsx';
import { decide } from './run.ts';
import type { ToolProps } from './tool.ts';

/** What a value should be read as, everywhere in its column. */
export function MendText({ problem, column }: ToolProps) {
  const { t } = useTranslation('sheets');
  const { value, count } = problem;
  const [text, setText] = useState('');
  const use = (event: FormEvent): void => {
    event.preventDefault();
    decide((now) => withValue(now, { column, value, becomes: text.trim(), create: false }));
  };
  return (
    <form className="mend-text" onSubmit={use}>
      <TextInput
        size="xs"
        label={t('mend.allRows', { count })}
        value={text}
        placeholder={value.slice(0, 40)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        type="submit"
        disabled={text.trim() === '' || text.trim() === value}
      >
        {t('mend.use')}
      </Button>
      <LeaveEmpty
        onLeave={() => decide((now) => withValue(now, { column, value, becomes: '', create: false }))}
      />
    </form>
  );
}
