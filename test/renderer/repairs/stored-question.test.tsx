import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { FieldValue } from '#renderer/features/history/detail/FieldDiff.tsx';
import { speak } from '#renderer/i18n/setup.ts';

it('the history of a repair shows its question in the language of the window', async () => {
  render(<FieldValue type="repair" field="question" value="leavers" />);
  screen.getByText('Whose departure would hurt most?');
  await speak('de');
  render(<FieldValue type="repair" field="question" value="weak" />);
  screen.getByText('Welche Verbindungen sind schon schwach?');
  await speak('en');
  render(<FieldValue type="repair" field="question" value="own question" />);
  expect(screen.getByText('own question')).not.toBeNull();
});
