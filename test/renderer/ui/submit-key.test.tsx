import { Modal } from '@mantine/core';
import { screen } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { submitByKey } from '#renderer/ui/submit-key.ts';
import { draw } from '../support/draw.tsx';

it('Ctrl Enter presses the button of the form from any of its fields, and no button that cannot be pressed', async () => {
  onTestFinished(submitByKey());
  const sent: string[] = [];
  const form = (name: string, disabled: boolean) => (
    <form
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        sent.push(name);
      }}
    >
      <textarea aria-label={`Notes of ${name}`} />
      <button type="button">Cancel {name}</button>
      <button type="submit" disabled={disabled}>
        Save {name}
      </button>
    </form>
  );
  const { hands } = draw(
    <>
      {form('one', false)}
      {form('two', true)}
      <Modal opened onClose={() => {}} title="Dialog" trapFocus={false}>
        {form('three', false)}
      </Modal>
    </>,
  );
  const submitAt = async (element: HTMLElement): Promise<void> => {
    element.focus();
    await hands.keyboard('{Control>}{Enter}{/Control}');
  };
  await submitAt(screen.getByLabelText('Notes of one'));
  await submitAt(screen.getByRole('button', { name: 'Save one' }));
  await submitAt(screen.getByLabelText('Notes of two'));
  await submitAt(screen.getByRole('dialog'));
  expect(sent).toEqual(['one', 'one', 'three']);
});
