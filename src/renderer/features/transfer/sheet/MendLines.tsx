import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { withCell, withoutLines } from './choices.ts';
import { decide } from './run.ts';
import type { ToolProps } from './tool.ts';

function Line({ line, problem, column, table }: ToolProps & { line: number }) {
  const { t } = useTranslation('sheets');
  const [text, setText] = useState(problem.value);
  const use = (event: FormEvent): void => {
    event.preventDefault();
    if (text !== problem.value) decide((now) => withCell(now, { line, column, value: text }));
  };
  return (
    <li>
      <form className="mend-line" data-saved onSubmit={use}>
        <span className="num dim">{t('mend.line', { line })}</span>
        <TextInput
          size="xs"
          aria-label={t('mend.lineValue', { line, column: table.view.columns[column]?.name ?? '' })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit" disabled={text === problem.value}>
          {t('mend.use')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => decide((now) => withoutLines(now, [line]))}
        >
          {t('mend.skip', { count: 1 })}
        </Button>
      </form>
    </li>
  );
}

/** The cells with one problem, to be mended each by itself. */
export function MendLines(props: ToolProps) {
  return (
    <ul className="mend-lines">
      {props.problem.lines.map((line) => (
        <Line key={line} {...props} line={line} />
      ))}
    </ul>
  );
}
