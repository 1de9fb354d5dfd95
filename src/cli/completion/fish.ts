import type { Place } from './model.ts';

const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Completion for fish. Values without choices are completed as files. */
export function fishCompletion(places: readonly Place[]): string {
  const knownPaths = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const lines = places.flatMap(({ path, words, options, choices }) => {
    const here = `complete -c frames -n ${quoted(`__frames_at ${quoted(path)}`)}`;
    return [
      ...words.map(({ name, summary }) => `${here} -f -a ${quoted(name)} -d ${quoted(summary)}`),
      ...(choices.length > 0 ? [`${here} -f -a ${quoted(choices.join(' '))}`] : []),
      ...options.map(({ name, summary, takesValue, choices: values }) => {
        const value = !takesValue ? '' : values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : ' -r -F';
        return `${here} -l ${name.slice(2)} -d ${quoted(summary)}${value}`;
      }),
    ];
  });
  return `# fish completion for frames
function __frames_at --description 'Whether the command line is at these words'
  set -l at ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$at $word")
    switch $next
      case ${knownPaths.join(' ')}
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
