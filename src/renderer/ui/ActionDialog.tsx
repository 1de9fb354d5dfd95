import { useState } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { countedByType } from '../text/names.ts';
import { openDialog } from './dialog.tsx';
import { DialogForm } from './DialogForm.tsx';
import { useSubmit } from './useSubmit.ts';

interface PreviewedAction<R> {
  title: string;
  text: string;
  counts?: Readonly<Record<string, number>>;
  button: string;
  bad?: boolean;
  run: (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<R>;
}

interface Props<R> {
  action: PreviewedAction<R>;
  onDone: (result: R | null) => void;
}

/** Previews an action with counts by type; the button runs it with progress and Cancel. Errors stay in the dialog. */
function ActionPreview<R>({ action, onDone }: Props<R>) {
  const { title, text, counts = {}, button, bad = false, run } = action;
  const [progress, setProgress] = useState<Progress | null>(null);
  const [controller] = useState(() => new AbortController());
  const submit = useSubmit(async () => {
    onDone(await run(setProgress, controller.signal));
  });
  const lines = countedByType(counts);
  return (
    <DialogForm
      {...submit}
      saveLabel={button}
      bad={bad}
      work={submit.saving ? { label: title, progress } : null}
      onCancel={() => {
        controller.abort();
        onDone(null);
      }}
    >
      <p>{text}</p>
      {lines.length > 0 && (
        <ul className="plan-lines">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </DialogForm>
  );
}

/** Previews an action in a dialog. Returns its result, or null if it was not done. */
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
