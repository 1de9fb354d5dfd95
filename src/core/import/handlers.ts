import type { Stream } from '#shared/contract/progress.ts';
import { runListExport } from '../export/list.ts';
import { runExport } from '../export/records.ts';
import { withFile } from '../kernel/files/with-file.ts';
import { operations } from '../model/implement.ts';
import { notingExport } from '../model/note-done.ts';
import { job } from '../model/pipeline.ts';
import { runImport } from './json/import.ts';
import { previewImport } from './json/preview.ts';
import { sheetHandlers } from './table/handlers.ts';

const os = operations.transfer;

async function* withResult<A, B>(stream: Stream<A>, change: (result: A) => B): Stream<B> {
  for await (const event of stream) {
    if (event.kind === 'progress') yield event;
    else yield { kind: 'result', result: change(event.result) };
  }
}

export const transferHandlers = {
  ...sheetHandlers,
  // The ticket stays valid, so that the same file can be imported after the preview.
  preview: os.preview.handler(
    job(({ input, context: { services }, signal }) => {
      const path = services.grants.resolve(input.grant, 'read');
      const request = { path, options: input.options, signal };
      return withResult(previewImport(services, request, services.source), ({ plan }) => plan);
    }),
  ),
  importFile: os.importFile.handler(
    job(({ input, context: { services, session }, signal }) => {
      const { grant, options, force, backup, sha256 } = input;
      const importing = withFile(services.grants, { grant, use: 'read' }, (path) =>
        runImport(services, session, { path, options, force, backup, sha256, signal }),
      );
      return withResult(importing, ({ result }) => result);
    }),
  ),
  exportFile: os.exportFile.handler(
    job(({ input: { grant, format, passphrase }, context, signal }) =>
      withFile(context.services.grants, { grant, use: 'write' }, (path) =>
        // The system's dialog asked before replacing a file.
        notingExport(
          context,
          runExport(context.services, path, signal, format, { replace: true, passphrase }),
        ),
      ),
    ),
  ),
  exportList: os.exportList.handler(
    job(({ input, context, signal }) =>
      withFile(context.services.grants, { grant: input.grant, use: 'write' }, (path) =>
        notingExport(context, runListExport(context.services, path, input, signal)),
      ),
    ),
  ),
};
