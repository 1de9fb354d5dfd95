import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { askDialog, openDialog } from '#renderer/ui/dialog.tsx';
import { draw } from '../support/draw.tsx';

function NameForm({ onName }: { onName: (name: string) => void }) {
  const [name, setName] = useState('Old');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onName(name);
      }}
    >
      <input
        data-autofocus
        aria-label="Name"
        maxLength={20}
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </form>
  );
}

/** Presses keys at once, on whatever has the focus: nothing has a turn between them. */
function press(...keys: readonly (string | KeyboardEventInit)[]): void {
  for (const key of keys) {
    const { activeElement } = document;
    if (!activeElement) throw new Error('Nothing has the focus.');
    fireEvent.keyDown(activeElement, typeof key === 'string' ? { key } : key);
  }
}

/** Something that hears keys and has the focus. */
function behind(): { heard: string[]; button: HTMLElement } {
  const heard: string[] = [];
  draw(
    <button type="button" onKeyDown={({ key }) => heard.push(key)}>
      Behind
    </button>,
  );
  const button = screen.getByRole('button', { name: 'Behind' });
  button.focus();
  return { heard, button };
}

describe('keys that come before a dialog has the focus', () => {
  beforeEach(() => {
    // One that is still fading away is not the next test's.
    document.body.replaceChildren();
  });

  it('are found in its field, and reach nothing behind it', async () => {
    const { heard, button } = behind();
    const named: string[] = [];
    act(() => {
      openDialog({ title: 'Ask' }, (close) => (
        <NameForm
          onName={(name) => {
            named.push(name);
            close();
          }}
        />
      ));
      press('N', 'e', 'v', 'Backspace', 'w');
    });
    const field = await screen.findByLabelText<HTMLInputElement>('Name');
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(field.value).toBe('New');
    expect(heard).toEqual([]);
    act(() => field.form?.requestSubmit());
    expect(named).toEqual(['New']);
    await waitFor(() => expect(document.activeElement).toBe(button));
    press('x');
    expect(heard).toEqual(['x']);
  });

  it('Enter after them sends the form', async () => {
    behind();
    const named: string[] = [];
    act(() => {
      openDialog({ title: 'Ask' }, (close) => (
        <NameForm
          onName={(name) => {
            named.push(name);
            close();
          }}
        />
      ));
      press('A', 'b', 'Enter');
    });
    await waitFor(() => expect(named).toEqual(['Ab']));
  });

  it('Enter answers no question that nobody has seen', async () => {
    behind();
    const answers: string[] = [];
    act(() => {
      void askDialog({ title: 'Ask' }, 'none', (answer) => (
        <button type="button" data-autofocus onClick={() => answer('yes')}>
          Yes
        </button>
      )).then((given) => answers.push(given));
      press('Enter');
    });
    const yes = await screen.findByRole('button', { name: 'Yes' });
    await waitFor(() => expect(document.activeElement).toBe(yes));
    expect(answers).toEqual([]);
    act(() => yes.click());
    await waitFor(() => expect(answers).toEqual(['yes']));
  });

  it('Esc closes it, also before it is there', async () => {
    const { heard } = behind();
    let answered: Promise<string> = Promise.resolve('never asked');
    act(() => {
      answered = askDialog({ title: 'Ask' }, 'none', (answer) => <NameForm onName={answer} />);
      press('x', 'Escape');
    });
    expect(await answered).toBe('none');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    press('y');
    expect(heard).toEqual(['y']);
  });

  it('what an input method puts together is neither kept nor sent, and no more is kept than the field takes', async () => {
    behind();
    const named: string[] = [];
    act(() => {
      openDialog({ title: 'Ask' }, () => <NameForm onName={(name) => named.push(name)} />);
      press(
        { key: 'k', isComposing: true },
        { key: 'Enter', isComposing: true },
        ...Array.from('abcdefghijklmnopqrstuvwxyz'),
      );
    });
    const field = await screen.findByLabelText<HTMLInputElement>('Name');
    await waitFor(() => expect(field.value).toBe('abcdefghijklmnopqrst'));
    expect(named).toEqual([]);
  });

  it('signs made with AltGr are text, on Windows too, where it counts as Ctrl and Alt; commands are not', async () => {
    behind();
    act(() => {
      openDialog({ title: 'Ask' }, () => <NameForm onName={() => {}} />);
      press(
        'a',
        { key: 'AltGraph', ctrlKey: true, altKey: true },
        { key: '@', ctrlKey: true, altKey: true },
        { key: 'b', ctrlKey: true },
        { key: 'c', metaKey: true },
      );
    });
    const field = await screen.findByLabelText<HTMLInputElement>('Name');
    await waitFor(() => expect(field.value).toBe('a@'));
  });
});
