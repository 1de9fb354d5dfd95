import type { Place } from './model.ts';

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Completion for bash. Values without choices are completed as files. */
export function bashCompletion(places: readonly Place[]): string {
  const lists = places.map(
    ({ path, words, options, choices }) =>
      `    ${quoted(path)})\n      words=${quoted([...words.map(({ name }) => name), ...choices].join(' '))}\n` +
      `      options=${quoted(options.map(({ name }) => name).join(' '))} ;;`,
  );
  const values = places.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ name, choices }) =>
          `    ${quoted(`${path} ${name}`)}) values=${quoted(choices.join(' '))}; isValue=1 ;;`,
      ),
  );
  const known = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# bash completion for frames
_frames() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local path='' next word words='' options='' values='' isValue=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    case $next in
    ${known.join('|')}) path=$next ;;
    *) break ;;
    esac
  done
  case "$path $previous" in
${values.join('\n')}
  esac
  case $path in
${lists.join('\n')}
  esac
  local offered=$words
  [[ -n $isValue ]] && offered=$values
  [[ -z $isValue && $current == -* ]] && offered=$options
  mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$current")
  [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o default 2>/dev/null
  return 0
}
complete -F _frames frames
`;
}
