import type { Place } from './model.ts';
import { quoted, shellCases } from './shell-cases.ts';

/** Completion for bash. Values without choices are completed as files. */
export function bashCompletion(places: readonly Place[]): string {
  const plain = (words: readonly string[]): string => words.map(quoted).join(' ');
  const named = (entries: readonly { name: string }[]): string => plain(entries.map(({ name }) => name));
  const { known, values, offers } = shellCases(places, { plain, named });
  return `# bash completion for frames
_frames() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local at='' next word isValue=''
  local -a offered=() options=() values=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${at:+$at }$word"
    case $next in
    ${known}) at=$next ;;
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
