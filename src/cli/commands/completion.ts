import { programVersion } from '#core/kernel/version.ts';
import { requiredOneOf } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { placesOf } from '../completion/model.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { manualPage } from '../output/man.ts';

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
      const script = completions[shell](placesOf(all));
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
      const page = manualPage(all, programVersion());
      output.result({ page }, () => page.trimEnd().split('\n'));
    },
  });
  const all = [...otherCommands, completion, man];
  return [completion, man];
}
