import type { Stream } from '#shared/contract/progress.ts';
import { operations } from '../implement.ts';
import { job } from '../pipeline.ts';
import { runExport } from './export.ts';
import { runImport } from './import.ts';
import { previewImport } from './preview.ts';

const os = operations.transfer;

/** The same stream with another result. */
async function* withResult<A, B>(stream: Stream<A>, change: (result: A) => B): Stream<B> {
  for await (const event of stream) {
    if (event.kind === 'progress') yield event;
    else yield { kind: 'result', result: change(event.result) };
  }
}

export const transferHandlers = {
  // The ticket stays good: whoever looked at the plan wants to import the same file.
  preview: os.preview.handler(
    job(({ input, context: { services }, signal }) => {
      const path = services.grants.look(input.grant, 'read');
      const request = { path, durationUnit: input.options.duration_unit, signal };
      return withResult(previewImport(services, request), ({ plan }) => plan);
    }),
  ),
  // The ticket is used up by success only: after a refusal the same choice may be tried again with other options.
  importFile: os.importFile.handler(
    job(({ input, context: { services, session }, signal }) => {
      const { grant, options, force, backup, sha256 } = input;
      const path = services.grants.look(grant, 'read');
      const request = { path, durationUnit: options.duration_unit, force, backup, sha256, signal };
      return withResult(runImport(services, session, request), ({ result }) => {
        services.grants.redeem(grant, 'read');
        return result;
      });
    }),
  ),
  exportFile: os.exportFile.handler(
    job(({ input: { grant }, context: { services }, signal }) => {
      const path = services.grants.look(grant, 'write');
      return withResult(runExport(services, path, signal), (result) => {
        services.grants.redeem(grant, 'write');
        return result;
      });
    }),
  ),
};
