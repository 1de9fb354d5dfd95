import { writeSupportCopy } from '#core/care/support-copy.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { needed } from '../args/option.ts';
import { command } from '../command.ts';
import { pathOf, replace } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { bytesOf } from '../words.ts';

export const supportCopy = command({
  path: ['support-copy'],
  summary: 'Write one file for who helps with a damaged workspace',
  details: [
    'A gzipped tar archive with the file of the records as it is and what SQLite keeps beside it, the log of the program, the health, and what ' +
      'is known of the backups without their contents. It holds the records: give it only to whom you trust with them. The workspace is not ' +
      'changed, and nobody may have it open.',
  ],
  examples: ['frames support-copy support.tar.gz --workspace W'],
  parameters: { file: needed('FILE', 'Where to') },
  options: { workspace: needed('DIR', 'Folder of the workspace'), replace },
  async run(context, given) {
    const { output, signal } = context;
    const folder = pathOf(context, given.workspace);
    const path = pathOf(context, given.file);
    const done = await writeSupportCopy({
      folder,
      path,
      replace: given.replace,
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      log: workspaceLog(folder),
      tell: output.progress.bind(output),
      signal,
    }).finally(() => output.endProgress());
    output.result({ file: path, ...done }, () => [
      `Written: ${path} (${bytesOf(done.bytes)}): ${done.contents.join(', ')}.`,
      'It holds the records of the workspace: give it only to whom you trust with them.',
    ]);
  },
});
