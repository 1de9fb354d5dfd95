import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { askDialog, openDialog } from '#renderer/ui/dialog.tsx';
import { draw } from '../support/draw.tsx';

function Question({ onAnswer }: { onAnswer: (given: string) => void }) {
  const [text, setText] = useState('');
  return (
    <>
      <input aria-label="Answer" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <button type="button" onClick={() => onAnswer(text)}>
        Done
      </button>
    </>
  );
}

describe('dialogs', () => {
  it('one that is opened again while it is still closing begins anew', async () => {
    const { hands } = draw(<p>Behind</p>);
    const open = (): void => openDialog({ title: 'Ask' }, (close) => <Question onAnswer={close} />);
    act(open);
    await hands.type(await screen.findByLabelText('Answer'), 'before');
    act(() => {
      screen.getByRole('button', { name: 'Done' }).click();
      open();
    });
    expect((await screen.findByLabelText<HTMLInputElement>('Answer')).value).toBe('');
    await hands.click(screen.getByRole('button', { name: 'Done' }));
  });

  it('a question gives what was answered, and what stands for nothing when it is closed', async () => {
    const { hands } = draw(<p>Behind</p>);
    const ask = (): Promise<string | null> =>
      askDialog<string | null>({ title: 'Ask' }, null, (answer) => <Question onAnswer={answer} />);
    let first: Promise<string | null> = Promise.resolve('never asked');
    act(() => {
      first = ask();
    });
    await hands.type(await screen.findByLabelText('Answer'), 'yes');
    await hands.click(screen.getByRole('button', { name: 'Done' }));
    expect(await first).toBe('yes');
    let second: Promise<string | null> = Promise.resolve('never asked');
    act(() => {
      second = ask();
    });
    await screen.findByLabelText('Answer');
    await hands.keyboard('{Escape}');
    expect(await second).toBeNull();
  });
});
