import { parseArgs } from 'node:util';

export interface Options {
  /** Files and git folders to read instead of the histories that come with the project. */
  histories: readonly string[];
  /** The file to write the only history to. */
  write: string | null;
  isQuick: boolean;
  isJson: boolean;
}

export const usage = `npm run science:outcomes [-- OPTION …]

Compares the ranking of departures by FRAMES and by simple counts with what happened later: in histories of
projects, and in simulated worlds. Compares saved forecasts with what happened in worlds of other rules.
Without --history, --quick and --json it updates docs/science.md.

  --history PATH   a git folder, or FILE.tsv or FILE.tsv.gz, instead of the histories of the project; repeatable
  --write FILE     write the numbers of the --history folder to FILE.tsv.gz (or .tsv), and measure nothing
  --quick          fewer worlds and half-years
  --json           print all results as JSON
  --help           show this help`;

/** Null for help. Throws an error that says what is wrong with the arguments. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      history: { type: 'string', multiple: true, default: [] },
      write: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { history: histories, write = null } = values;
  if (write !== null && histories.length !== 1) throw new Error('--write needs exactly one --history.');
  if (write !== null && !/\.tsv(\.gz)?$/.test(write))
    throw new Error(`--write needs a file that ends in .tsv.gz or .tsv, not ${write}.`);
  return { histories, write, isQuick: values.quick, isJson: values.json };
}
