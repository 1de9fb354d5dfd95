import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { countedByType } from '../text/names.ts';
import { openDialog } from './dialog.tsx';
import { FormButtons } from './FormButtons.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { useSubmit } from './useSubmit.ts';
import './action.css';

interface FrameProps {
  children: ReactNode;
  work: { label: string; progress: Progress | null } | null;
  failure: string | null;
  button: string;
  running: boolean;
  bad?: boolean;
  blocked?: boolean;
  /** Whether the action button has the initial focus, if no field has. */
  takesFocus?: boolean;
  cancelLabel?: string | undefined;
  more?: ReactNode;
  onRun: (event: FormEvent) => void;
  onCancel: () => void;
}

export function ActionFrame({ children, work, running, button, onRun, ...buttonProps }: FrameProps) {
  return (
    <form
      className="column gap-12 action-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!running && buttonProps.blocked !== true) onRun(event);
      }}
    >
      {children}
      {work && <ProgressLine {...work} />}
      <FormButtons {...buttonProps} saveLabel={button} saving={running} />
    </form>
  );
}

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
  const { saving, failure, onSubmit } = useSubmit(async () => {
    onDone(await run(setProgress, controller.signal));
  });
  const lines = countedByType(counts);
  return (
    <ActionFrame
      {...{ failure, button, bad }}
      work={saving ? { label: title, progress } : null}
      running={saving}
      onRun={onSubmit}
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
    </ActionFrame>
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
