import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { withSame, withValue } from './choices.ts';
import { decide } from './run.ts';
import type { ToolProps } from './tool.ts';

/** Whether two names that are nearly the same mean one record, and by which name, or two. One decision settles the pair. */
export function MendAlike({ problem, column }: ToolProps) {
  const { t } = useTranslation('sheets');
  const { value, count, suggestions } = problem;
  const [first] = suggestions;
  const rows = (many: number): string => t('mend.rows', { count: many });
  return (
    <>
      {suggestions.map(({ value: other, label, rows: many }) => (
        <Button
          key={other}
          size="xs"
          variant="default"
          onClick={() =>
            decide((now) =>
              many === undefined
                ? withValue(now, { column, value, becomes: other, create: false })
                : withSame(now, column, value, other),
            )
          }
        >
          {many === undefined
            ? t('mend.sameHere', { value: label })
            : t('mend.same', { value: label, rows: rows(many) })}
        </Button>
      ))}
      {first?.rows !== undefined && (
        <Button
          size="xs"
          variant="default"
          onClick={() => decide((now) => withSame(now, column, first.value, value))}
        >
          {t('mend.same', { value, rows: rows(count) })}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        onClick={() => decide((now) => withValue(now, { column, value, becomes: value, create: true }))}
      >
        {t('mend.bothRight')}
      </Button>
    </>
  );
}
