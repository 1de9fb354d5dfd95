import type { Place } from './model.ts';

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
/** A name and its description, as `_describe` reads them. */
const described = ({ name, summary }: { name: string; summary: string }): string =>
  quoted(`${name.replaceAll(':', '\\:')}:${summary}`);

/** Completion for zsh. Values without choices are completed as files. */
export function zshCompletion(places: readonly Place[]): string {
  const lists = places.map(
    ({ path, words, options, choices }) =>
      `    ${quoted(path)})\n      offered=(${[...words.map(described), ...choices.map(quoted)].join(' ')})\n` +
      `      options=(${options.map(described).join(' ')}) ;;`,
  );
  const values = places.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ name, choices }) =>
          `    ${quoted(`${path} ${name}`)}) isValue=1; values=(${choices.map(quoted).join(' ')}) ;;`,
      ),
  );
  const known = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `#compdef frames
_frames() {
  local at='' next word isValue=''
  local -a offered options values
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${at:+$at }$word"
    case $next in
    ${known.join('|')}) at=$next ;;
    *) break ;;
    esac
  done
  case "$at $words[CURRENT-1]" in
${values.join('\n')}
  esac
  case $at in
${lists.join('\n')}
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
