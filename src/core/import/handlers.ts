import { runListExport } from '../export/list.ts';
import { runExport } from '../export/records.ts';
import { withFile } from '../kernel/files/with-file.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { auditExport } from '../model/audit-act.ts';
import { writeJob } from '../model/pipeline.ts';
import { runImport } from './json/import.ts';
import { previewImport } from './json/preview.ts';
import { sheetHandlers } from './table/handlers.ts';

const os = operationBuilder.transfer;

export const transferHandlers = {
  ...sheetHandlers,
  // The grant stays valid, so that the same file can be imported after the preview.
  preview: os.preview.handler(
    writeJob(async ({ input, context: { services } }, pace) => {
      const request = { path: services.grants.resolve(input.grant, 'read'), options: input.options };
      return (await previewImport(services, request, services.source.ids, pace)).plan;
    }),
  ),
  importFile: os.importFile.handler(
    writeJob(({ input: { grant, ...request }, context: { services, session } }, pace) =>
      withFile(services.grants, { grant, use: 'read' }, async (path) => {
        const { result } = await runImport(services, session, { ...request, path }, pace);
        return result;
      }),
    ),
  ),
  exportFile: os.exportFile.handler(
    writeJob(({ input: { grant, format, passphrase }, context }, pace) =>
      withFile(context.services.grants, { grant, use: 'write' }, (path) =>
        // The system's dialog asked before replacing a file.
        auditExport(context, runExport(context.services, path, pace, format, { replace: true, passphrase })),
      ),
    ),
  ),
  exportList: os.exportList.handler(
    writeJob(({ input, context }, pace) =>
      withFile(context.services.grants, { grant: input.grant, use: 'write' }, (path) =>
        auditExport(context, runListExport(context.services, path, input, pace)),
      ),
    ),
  ),
};
