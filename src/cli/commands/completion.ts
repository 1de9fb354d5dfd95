import { programVersion } from '#core/kernel/version.ts';
import { requiredOneOf } from '../args/option.ts';
import type { Option } from '../args/option.ts';
import { command, globalOptions } from '../command.ts';
import type { Command } from '../command.ts';
import { manualPage } from '../output/man.ts';

interface CompletionOption {
  readonly name: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Completions after a command path, such as `frames entities`. */
interface CompletionPoint {
  /** `''` for the program, else for example `entities` or `entities list`. */
  readonly path: string;
  readonly words: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly CompletionOption[];
  readonly choices: readonly string[];
}

export function completionPoints(commands: readonly Command[]): CompletionPoint[] {
  const prefixes = commands.flatMap(({ path }) => path.map((_, index) => path.slice(0, index + 1)));
  const paths = new Set(['', ...prefixes.map((path) => path.join(' '))]);
  return [...paths].map((path) => {
    const command = commands.find((candidate) => candidate.path.join(' ') === path);
    return {
      path,
      words: wordsAfter(path, commands),
      options: optionsOf(command),
      choices: Object.values(command?.parameters ?? {})[0]?.choices ?? [],
    };
  });
}

function wordsAfter(path: string, commands: readonly Command[]): CompletionPoint['words'] {
  const typedWords = path === '' ? [] : path.split(' ');
  const words = new Map<string, string>();
  for (const command of commands) {
    const word = command.path[typedWords.length];
    if (word === undefined || typedWords.some((name, index) => command.path[index] !== name)) continue;
    const isGroup = command.path.length > typedWords.length + 1;
    if (!words.has(word) || !isGroup) words.set(word, isGroup ? `Commands of ${word}` : command.summary);
  }
  return [...words].map(([name, summary]) => ({ name, summary }));
}

function optionsOf(command: Command | undefined): CompletionOption[] {
  const options = command ? { ...command.options, ...globalOptions } : { help: globalOptions.help };
  return Object.entries<Option<unknown>>(options).map(([name, { kind, summary, choices }]) => ({
    name: `--${name}`,
    summary,
    takesValue: kind !== 'flag',
    choices,
  }));
}

const shellQuote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

interface ListWriter {
  writeEntries(entries: readonly { name: string; summary: string }[]): string;
  writeWords(words: readonly string[]): string;
}

/**
 * Returns the shell code that bash and zsh share. `pathPattern` matches all command paths but the empty one. `values` are `case` branches
 * by path and preceding option, `offers` branches by path.
 */
function buildShellCases(points: readonly CompletionPoint[], writer: ListWriter) {
  const branch = (pattern: string, commands: string): string => `    ${shellQuote(pattern)}) ${commands} ;;`;
  const quotedPaths = points.filter(({ path }) => path !== '').map(({ path }) => shellQuote(path));
  const values = points.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ name, choices }) =>
        branch(`${path} ${name}`, `isValue=1; values=(${writer.writeWords(choices)})`),
      ),
  );
  const offers = points.map(({ path, words, options, choices }) =>
    branch(
      path,
      `offered=(${writer.writeEntries(words)} ${writer.writeWords(choices)}); options=(${writer.writeEntries(options)})`,
    ),
  );
  return { pathPattern: quotedPaths.join('|'), values: values.join('\n'), offers: offers.join('\n') };
}

/** Completion for zsh. Values without choices are completed as files. */
function zshCompletion(points: readonly CompletionPoint[]): string {
  const writeWords = (words: readonly string[]): string => words.map(shellQuote).join(' ');
  /** Names with descriptions, in the format of `_describe`. */
  const writeEntries = (entries: readonly { name: string; summary: string }[]): string =>
    writeWords(entries.map(({ name, summary }) => `${name.replaceAll(':', '\\:')}:${summary}`));
  const { pathPattern, values, offers } = buildShellCases(points, { writeWords, writeEntries });
  return `#compdef frames
_frames() {
  local at='' next word isValue=''
  local -a offered options values
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${at:+$at }$word"
    case $next in
    ${pathPattern}) at=$next ;;
    *) break ;;
    esac
  done
  case "$at $words[CURRENT-1]" in
${values}
  esac
  case $at in
${offers}
  esac
  if [[ -n $isValue ]]; then
    (( $#values )) && { compadd -a values; return }
    _files; return
  fi
  if [[ $PREFIX == -* ]]; then
    _describe option options
  elif (( $#offered )); then
    _describe command offered
  else
    _files
  fi
}
if [[ $funcstack[1] == _frames ]]; then _frames "$@"; else compdef _frames frames; fi
`;
}

/** Completion for bash. Values without choices are completed as files. */
function bashCompletion(points: readonly CompletionPoint[]): string {
  const writeWords = (words: readonly string[]): string => words.map(shellQuote).join(' ');
  const writeEntries = (entries: readonly { name: string }[]): string =>
    writeWords(entries.map(({ name }) => name));
  const { pathPattern, values, offers } = buildShellCases(points, { writeWords, writeEntries });
  return `# bash completion for frames
_frames() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local at='' next word isValue=''
  local -a offered=() options=() values=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${at:+$at }$word"
    case $next in
    ${pathPattern}) at=$next ;;
    *) break ;;
    esac
  done
  case "$at $previous" in
${values}
  esac
  case $at in
${offers}
  esac
  [[ $current == -* ]] && offered=("\${options[@]}")
  [[ -n $isValue ]] && offered=("\${values[@]}")
  mapfile -t COMPREPLY < <(compgen -W "\${offered[*]}" -- "$current")
  [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o default 2>/dev/null
  return 0
}
complete -F _frames frames
`;
}

const fishQuote = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Completion for fish. Values without choices are completed as files. */
function fishCompletion(points: readonly CompletionPoint[]): string {
  const quotedPaths = points.filter(({ path }) => path !== '').map(({ path }) => fishQuote(path));
  const lines = points.flatMap(({ path, words, options, choices }) => {
    const linePrefix = `complete -c frames -n ${fishQuote(`__frames_at ${fishQuote(path)}`)}`;
    return [
      ...words.map(({ name, summary }) => `${linePrefix} -f -a ${fishQuote(name)} -d ${fishQuote(summary)}`),
      ...(choices.length > 0 ? [`${linePrefix} -f -a ${fishQuote(choices.join(' '))}`] : []),
      ...options.map(({ name, summary, takesValue, choices: values }) => {
        const valueFlags = values.length > 0 ? ` -x -a ${fishQuote(values.join(' '))}` : ' -r -F';
        return `${linePrefix} -l ${name.slice(2)} -d ${fishQuote(summary)}${takesValue ? valueFlags : ''}`;
      }),
    ];
  });
  return `# fish completion for frames
function __frames_at --description 'Whether the command line is at these words'
  set -l at ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$at $word")
    switch $next
      case ${quotedPaths.join(' ')}
        set at $next
      case '*'
        break
    end
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}
`;
}

const completions = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
type Shell = keyof typeof completions;
const shells = Object.keys(completions) as Shell[];

/** Creates the commands that print completion scripts and the manual page, for `otherCommands` and themselves. */
export function completionCommands(otherCommands: readonly Command[]): readonly Command[] {
  const completion = command({
    path: ['completion'],
    summary: 'Print a completion script for a shell',
    details: ['Packages install it. Otherwise load it when the shell starts.'],
    examples: ['eval "$(frames completion bash)"', 'frames completion fish | source'],
    parameters: { shell: requiredOneOf('SHELL', 'The shell', shells) },
    options: {},
    async run({ output }, { shell }) {
      const script = completions[shell](completionPoints(allCommands));
      output.result({ script }, () => script.trimEnd().split('\n'));
    },
  });
  const man = command({
    path: ['man'],
    summary: 'Print the manual page in roff',
    details: ['Packages install it. Otherwise read it with "man -l -".'],
    examples: ['frames man | man -l -'],
    parameters: {},
    options: {},
    async run({ output }) {
      const page = manualPage(allCommands, programVersion());
      output.result({ page }, () => page.trimEnd().split('\n'));
    },
  });
  const allCommands = [...otherCommands, completion, man];
  return [completion, man];
}
