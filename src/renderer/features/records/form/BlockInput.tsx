import { Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { InputProps } from './input-props.ts';

interface Props extends InputProps {
  /** What stands in it, where that is not what the control holds: the text of a JSON text. */
  plain?: string;
  /** One has just asked for it. */
  wanted?: boolean;
}

/** A text of several lines, or JSON. */
export function BlockInput(props: Props) {
  const { field, label, raw, plain, problem, placeholder, id, wanted = false, onChange, onLeave } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (wanted) box.current?.focus();
  }, [wanted]);
  const isJson = field.kind === 'json' && plain === undefined;
  return (
    <Textarea
      ref={box}
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      autosize
      minRows={2}
      maxRows={12}
      value={plain ?? (typeof raw === 'string' ? raw : '')}
      placeholder={placeholder ?? ''}
      spellCheck={!isJson}
      classNames={isJson ? { input: 'mono' } : {}}
      error={problem ?? null}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onLeave?.()}
    />
  );
}
