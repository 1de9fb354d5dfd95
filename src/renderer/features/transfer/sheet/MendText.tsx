import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveEmpty } from './MendWays.tsx';
import { readAs } from './tool.ts';
import type { ToolProps } from './tool.ts';

interface Props extends ToolProps {
  /** What one begins with; nothing where nobody says so. A text of several lines cannot be begun with. */
  from?: string;
  /** What is written is made where it is not here. */
  create?: boolean;
}

/** What a value should be read as, everywhere in its column. */
export function MendText({ from = '', create = false, ...props }: Props) {
  const { t } = useTranslation('sheets');
  const { value, count, field } = props.problem;
  const [text, setText] = useState(from.includes('\n') ? '' : from);
  const use = (event: FormEvent): void => {
    event.preventDefault();
    readAs(props, text.trim(), create);
  };
  return (
    <form className="mend-text" data-saved onSubmit={use}>
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
      {field !== 'name' && <LeaveEmpty onLeave={() => readAs(props, '')} />}
    </form>
  );
}
