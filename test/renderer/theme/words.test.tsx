import { MantineProvider, PasswordInput } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { themeIn } from '#renderer/theme/theme.ts';

it.each([
  ['en', 'Show or hide what is typed'],
  ['de', 'Eingabe zeigen oder verbergen'],
])('the eye of a passphrase speaks the language of the window: %s', async (language, name) => {
  onTestFinished(() => speak('en'));
  await speak(language);
  render(
    <MantineProvider theme={themeIn(language)} env="test">
      <PasswordInput label="Passphrase" />
    </MantineProvider>,
  );
  expect(screen.getByRole('button', { hidden: true }).getAttribute('aria-label')).toBe(name);
});
