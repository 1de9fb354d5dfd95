import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { countedEach } from '../text/names.ts';
import { openDialog } from './dialog.tsx';
import { FormEnd } from './FormEnd.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { useSubmit } from './useSubmit.ts';

/** An action that says what it will do before it does it. */
export interface PreviewedAction<R> {
  title: string;
  /** What it means for the person, in one or two sentences. */
  text: string;
  /** How many records it is about, by type or by table. */
  counts?: Readonly<Record<string, number>>;
  /** Choices, or whatever else there is to see before. */
  children?: ReactNode;
  /** The deed, as a verb: "Delete 12 teams". */
  button: string;
  /** It takes much away. */
  bad?: boolean;
  /** It cannot be done as it is chosen now. */
  blocked?: boolean;
  run: (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<R>;
}

interface Props<R> {
  action: PreviewedAction<R>;
  onDone: (result: R | null) => void;
}

/** What an action will do, with counts by type; the button does it, with progress and Cancel. An error stays in the dialog. */
export function ActionPreview<R>({ action, onDone }: Props<R>) {
  const { title, text, counts = {}, children, button, bad = false, blocked = false, run } = action;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [stopping] = useState(() => new AbortController());
  const { saving, failure, onSubmit } = useSubmit(async () => {
    onDone(await run(setProgress, stopping.signal));
  });
  const lines = countedEach(counts);
  return (
    <form className="conflicts" onSubmit={onSubmit}>
      <p>{text}</p>
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {children}
      {saving && <ProgressLine progress={progress} label={title} />}
      <FormEnd
        failure={failure}
        save={button}
        saving={saving}
        bad={bad}
        blocked={blocked}
        onCancel={() => {
          stopping.abort();
          onDone(null);
        }}
      />
    </form>
  );
}

/** Opens the preview of an action. Gives what came of it, or null when it was not done. */
export function confirmAction<R>(action: PreviewedAction<R>): Promise<R | null> {
  return new Promise((resolve) => {
    openDialog(
      { title: action.title },
      (close) => (
        <ActionPreview
          action={action}
          onDone={(result: R | null) => {
            resolve(result);
            close();
          }}
        />
      ),
      () => resolve(null),
    );
  });
}
