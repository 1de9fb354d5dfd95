import type { ImportOptions } from '#shared/contract/transfer.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { api } from '../../../api/client.ts';
import { isCancelled } from '../../../api/failures.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { go, here } from '../../../stores/address.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { notice } from '../../../ui/notices.tsx';
import { endWithout, newestEntry, reportImported } from './ending.ts';
import { firstChoices, importSum } from './plan.ts';
import { enter, guessedOptions, useImport } from './state.ts';
import type { Looked } from './state.ts';

type Decided = Pick<Looked, 'force' | 'backup'>;

let running = new AbortController();

/** Stops what runs and gives the signal of what comes next. */
function next(): AbortSignal {
  running.abort();
  running = new AbortController();
  return running.signal;
}

/** Opens the import view and looks at a file. While an import is being written it says so instead. */
export async function lookAt(file: FileHandle, options: ImportOptions = guessedOptions): Promise<void> {
  if (useImport.getState().stage === 'importing') {
    notice({ title: say('transfer:drop.busy'), more: say('transfer:drop.busyMore') });
    return;
  }
  const signal = next();
  go({ kind: 'import' });
  enter({ stage: 'reading', file, options, progress: null });
  await read(file, options, null, signal);
}

async function read(
  file: FileHandle,
  options: ImportOptions,
  decided: Decided | null,
  signal: AbortSignal,
): Promise<void> {
  try {
    const stream = api.transfer.preview({ grant: file.grant, options }, { signal });
    const plan = await follow(
      stream,
      (progress) => {
        if (!decided) enter({ stage: 'reading', file, options, progress });
      },
      signal,
    );
    if (signal.aborted) return;
    enter({
      stage: 'preview',
      looked: { file, options, plan, ...(decided ?? firstChoices(plan)) },
      rereading: false,
    });
  } catch (error) {
    if (signal.aborted || isCancelled(error)) return;
    enter({ stage: 'failed', file, options, looked: null, error, landing: null });
  }
}

/** Looks at the same file once more with other options; what was decided stays. */
export async function chooseOptions(part: Partial<ImportOptions>): Promise<void> {
  const state = useImport.getState();
  if (state.stage !== 'preview') return;
  const { file, options, force, backup } = state.looked;
  enter({ ...state, rereading: true });
  const signal = next();
  await read(file, { ...options, ...part }, { force, backup }, signal);
}

/** Decides something about the import that is looked at. */
export function decide(part: Partial<Decided>): void {
  const state = useImport.getState();
  if (state.stage === 'preview') enter({ ...state, looked: { ...state.looked, ...part } });
}

/** Gives up looking, or forgets what has ended. */
export function leave(): void {
  next();
  enter({ stage: 'nothing' });
}

/** Brings in what is looked at, and says how it ended. */
export async function startImport(): Promise<void> {
  const state = useImport.getState();
  if (state.stage !== 'preview' || state.rereading) return;
  const { looked } = state;
  const { file, options, plan, force, backup } = looked;
  const signal = next();
  enter({ stage: 'importing', looked, progress: null, cancelling: false });
  const since = await newestEntry().catch(() => null);
  try {
    const asked = {
      grant: file.grant,
      options,
      force,
      backup: backup && !plan.workspace_empty,
      sha256: plan.sha256,
    };
    const result = await whileSaving(() =>
      follow(
        api.transfer.importFile(asked, { signal }),
        (progress) => enter({ stage: 'importing', looked, progress, cancelling: signal.aborted }),
        signal,
      ),
    );
    enter({ stage: 'done', looked, result });
    if (here().view.kind !== 'import') reportImported(file.name, importSum(result));
  } catch (error) {
    await ended(looked, error, since);
  }
}

function ended(looked: Looked, error: unknown, since: number | null): Promise<void> {
  const { file, options } = looked;
  return endWithout({
    name: file.name,
    error,
    since,
    fail: (landing) => enter({ stage: 'failed', file, options, looked, error, landing }),
    takeBack: () => enter({ stage: 'preview', looked, rereading: false }),
    waits: () => ['importing', 'failed'].includes(useImport.getState().stage),
  });
}

/** Stops an import that is being written; it is taken back whole. */
export function cancelImport(): void {
  const state = useImport.getState();
  if (state.stage !== 'importing') return;
  enter({ ...state, cancelling: true });
  running.abort();
}

/** Returns to what was looked at before the import failed. */
export function backToPreview(): void {
  const state = useImport.getState();
  if (state.stage === 'failed' && state.looked)
    enter({ stage: 'preview', looked: state.looked, rereading: false });
}
