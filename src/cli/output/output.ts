/** Where text goes; process.stdout and process.stderr are such. */
export interface Sink {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** How far long work has come; `total` is null while nobody knows. */
export interface Step {
  step: string;
  done: number;
  total: number | null;
  /** A page that somebody has to open. */
  open?: string | undefined;
}

/** All that a command prints. Results go to stdout; notes, progress and errors to stderr. */
export interface Output {
  readonly json: boolean;
  /** Places in a line of the terminal; unlimited where stdout is none. */
  readonly width: number;
  /** The result: as JSON the value itself, for people the lines, each of which stays one whatever is in it. */
  result(value: unknown, lines: () => readonly string[]): void;
  /** Something worth knowing besides the result, in one line or several. Not printed with --json. */
  note(text: string | readonly string[]): void;
  /** Shown only on a terminal: on one line, which is wiped in the end. A page to open is always shown. */
  progress(step: Step): void;
  endProgress(): void;
}

/** JSON in which nothing could steer a terminal: JSON itself escapes only the older half of what could. */
export function asJson(value: unknown, indent?: number): string {
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replaceAll(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    escaped,
  );
}

export function createOutput(json: boolean, stdout: Sink, stderr: Sink): Output {
  const live = stderr.isTTY === true && !json;
  let shown = '';
  const wipe = (): void => {
    if (shown) stderr.write(`\r${' '.repeat(shown.length)}\r`);
    shown = '';
  };
  return {
    json,
    width: stdout.isTTY === true ? (stdout.columns ?? 100) : Infinity,
    result(value, lines) {
      wipe();
      if (json) stdout.write(`${asJson(value, 2)}\n`);
      else for (const line of lines()) stdout.write(`${oneLine(line)}\n`);
    },
    note(text) {
      wipe();
      if (!json) stderr.write(`${[text].flat().map(oneLine).join('\n')}\n`);
    },
    progress({ step, done, total, open }) {
      // Without it nothing goes on, whoever reads along.
      if (open !== undefined) {
        wipe();
        stderr.write(`Open this page in a browser to sign in:\n${oneLine(open)}\n`);
        return;
      }
      if (!live) return;
      const count = done.toLocaleString('en-US');
      const of = total === null ? '' : ` of ${total.toLocaleString('en-US')}`;
      const line = oneLine(`${step.charAt(0).toUpperCase()}${step.slice(1)}: ${count}${of}`);
      stderr.write(`\r${line.padEnd(shown.length)}`);
      shown = line;
    },
    endProgress: wipe,
  };
}

/** One line of text: line breaks and other control characters would break a table, or worse, steer the terminal or turn a line around. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** As `oneLine` for text that may have several lines. */
export function withoutControls(text: string): string {
  return text
    .split(/(\r?\n)/)
    .map((part, at) => (at % 2 === 0 ? oneLine(part) : part))
    .join('');
}
