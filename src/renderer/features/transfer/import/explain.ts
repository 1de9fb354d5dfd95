import { isDisconnected } from '../../../api/failures.ts';
import { i18n, say } from '../../../i18n/setup.ts';
import { coreText } from '../../../text/core.ts';
import { describeError, faultData } from '../../../text/faults.ts';
import { failureText } from '../../../text/refusal.ts';

export interface Explained {
  /** What happened, as a sentence. */
  what: string;
  /** Where in the file: a line counted from 1, a JSON path. */
  line: number | null;
  path: string | null;
  safe: string;
  todo: string;
  trace: string | null;
  /** What may be tried: this file `again`, only one `chosen` anew, or the same `import` when what stood in its way is gone. */
  next: 'again' | 'chosen' | 'import';
}

const nowhere = { line: null, path: null };

function refusalText(reason: string): string {
  const key = `transfer:refused.${reason}`;
  return i18n.exists(key) ? (say as (key: string) => string)(key) : say('transfer:refused.other');
}

/** Why a file was not looked at or not imported, what is safe, and what to do. */
export function explainFailure(error: unknown, importing: boolean): Explained {
  const message = error instanceof Error ? error.message : '';
  const refused = faultData(error, 'BAD_FILE');
  if (refused) {
    const { line, path, reason } = refused;
    const safe = say('transfer:failed.untouched');
    return {
      what: coreText('file', reason, message),
      line,
      path,
      safe,
      todo: refusalText(reason),
      trace: null,
      next: 'again',
    };
  }
  if (isDisconnected(error)) {
    const safe = say(importing ? 'transfer:failed.lostSafe' : 'transfer:failed.lostReading');
    const todo = say('transfer:failed.lostTodo');
    return { what: say('transfer:failed.lost'), ...nowhere, safe, todo, trace: null, next: 'chosen' };
  }
  const { code, safe, action, trace } = describeError(error);
  if (code === 'GRANT_EXPIRED') {
    return { what: say('transfer:failed.expired'), ...nowhere, safe, todo: action, trace, next: 'chosen' };
  }
  return {
    what: failureText(error),
    ...nowhere,
    safe: importing ? say('transfer:failed.untouched') : safe,
    todo: action,
    trace,
    next: importing ? 'import' : 'again',
  };
}
