import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, onTestFinished } from 'vitest';
import { FieldRow } from '#renderer/features/records/form/FieldRow.tsx';
import type { Raw } from '#renderer/features/records/form/values.ts';
import { useFormats } from '#renderer/text/formats.ts';
import { draw } from '../support/draw.tsx';

/** An own field of days in a form; a button takes back what was typed. */
function Form({ heard }: { heard: (raw: Raw) => void }) {
  const [raw, setRaw] = useState<Raw>('2024-10-01');
  const change = (next: Raw): void => {
    heard(next);
    setRaw(next);
  };
  return (
    <>
      <FieldRow type="team" field={{ key: 'Start', kind: 'date', own: true }} raw={raw} onChange={change} />
      <button type="button" onClick={() => setRaw('2024-10-01')}>
        Take back
      </button>
    </>
  );
}

it('a custom date field shows its day in the preferred format, and is editable', async () => {
  onTestFinished(() => useFormats.setState({ dates: 'day-month' }));
  let last: Raw = null;
  const { hands } = draw(<Form heard={(raw) => (last = raw)} />);
  const input = screen.getByRole<HTMLInputElement>('textbox', { name: 'Start' });
  expect(input.value).toBe('1 Oct 2024');
  await hands.clear(input);
  await hands.type(input, '2.10.2024');
  expect(input.value).toBe('2.10.2024');
  expect(last).toBe('2.10.2024');
  expect(screen.getByText(/^Read as 2 Oct 2024/)).toBeTruthy();
  await hands.clear(input);
  await hands.type(input, '2024-10-03');
  // What one is typing is not turned into something else under the hands.
  expect(input.value).toBe('2024-10-03');
  await hands.tab();
  expect(input.value).toBe('3 Oct 2024');
  await hands.type(input, 'x');
  await hands.click(screen.getByRole('button', { name: 'Take back' }));
  expect(input.value).toBe('1 Oct 2024');
});
