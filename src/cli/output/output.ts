export interface Sink {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Progress of long work; `total` is null if unknown. */
export interface ProgressStep {
  step: string;
  done: number;
  total: number | null;
  open?: string | undefined;
}

/** Output of a command. Results go to stdout; notes, progress and errors to stderr. */
export interface Output {
  readonly json: boolean;
  /** Columns of the terminal; unlimited if stdout is not a terminal. */
  readonly width: number;
  /** Prints the result: the value with --json, else the lines. Line breaks inside a line are replaced. */
  result(value: unknown, lines: () => readonly string[]): void;
  /** Prints additional information, in one line or several. Not printed with --json. */
  note(text: string | readonly string[]): void;
  /** Shows progress on one line, only on a terminal; the line is cleared at the end. A URL to open is always shown. */
  progress(step: ProgressStep): void;
  endProgress(): void;
}

/** JSON without terminal control characters; JSON.stringify escapes only those below U+0020. */
export function asJson(value: unknown, indent?: number): string {
  const escapeChar = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replaceAll(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    escapeChar,
  );
}

export function createOutput(json: boolean, stdout: Sink, stderr: Sink): Output {
  const showsProgress = stderr.isTTY === true && !json;
  let progressLine = '';
  const clearProgress = (): void => {
    if (progressLine) stderr.write(`\r${' '.repeat(progressLine.length)}\r`);
    progressLine = '';
  };
  return {
    json,
    width: stdout.isTTY === true ? (stdout.columns ?? 100) : Infinity,
    result(value, lines) {
      clearProgress();
      if (json) stdout.write(`${asJson(value, 2)}\n`);
      else for (const line of lines()) stdout.write(`${oneLine(line)}\n`);
    },
    note(text) {
      clearProgress();
      if (!json) stderr.write(`${[text].flat().map(oneLine).join('\n')}\n`);
    },
    progress({ step, done, total, open }) {
      // The URL is always shown, because the work waits for the user.
      if (open !== undefined) {
        clearProgress();
        stderr.write(`Open this page in a browser to sign in:\n${oneLine(open)}\n`);
        return;
      }
      if (!showsProgress) return;
      const count = done.toLocaleString('en-US');
      const totalText = total === null ? '' : ` of ${total.toLocaleString('en-US')}`;
      const line = oneLine(`${step.charAt(0).toUpperCase()}${step.slice(1)}: ${count}${totalText}`);
      stderr.write(`\r${line.padEnd(progressLine.length)}`);
      progressLine = line;
    },
    endProgress: clearProgress,
  };
}

/** Replaces line breaks and control characters, which could break tables, control the terminal or reverse text. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** Like `oneLine`, but keeps line breaks. */
export function withoutControls(text: string): string {
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 0 ? oneLine(part) : part))
    .join('');
}
