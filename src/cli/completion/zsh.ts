import type { Place } from './model.ts';
import { quoted, shellCases } from './shell-cases.ts';

/** Completion for zsh. Values without choices are completed as files. */
export function zshCompletion(places: readonly Place[]): string {
  const plain = (words: readonly string[]): string => words.map(quoted).join(' ');
  /** Names with descriptions, in the format of `_describe`. */
  const named = (entries: readonly { name: string; summary: string }[]): string =>
    plain(entries.map(({ name, summary }) => `${name.replaceAll(':', '\\:')}:${summary}`));
  const { known, values, offers } = shellCases(places, { plain, named });
  return `#compdef frames
_frames() {
  local at='' next word isValue=''
  local -a offered options values
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${at:+$at }$word"
    case $next in
    ${known}) at=$next ;;
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
