import { lastDailyOf } from '../versions/last-daily.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { checkAndRecord } from '../kernel/db/corruption-guard.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob } from '../model/pipeline.ts';
import { corruptionOf } from './corruption-of-findings.ts';
import { backupFindings, checkHealth } from './health.ts';
import { statsOf } from './stats.ts';
import { warningsOf } from './warnings.ts';

const os = operationBuilder.care;

export const careHandlers = {
  health: os.health.handler(
    backgroundJob(({ input, context: { services } }, pace) => {
      const { files, log } = services;
      const daily = files.target.kind === 'live' ? lastDailyOf(services).findings() : [];
      const check = checkHealth({ files, log, full: input.full, daily, ...pace });
      return checkAndRecord(check, corruptionOf, services);
    }),
  ),
  backups: os.backups.handler(({ context: { services } }) => {
    const { files, read, source } = services;
    const live = files.target.kind === 'live' ? read : null;
    return backupFindings(workspaceFiles(files.folder), live, source.clock.now());
  }),
  // The current state, even if a point in time is open.
  warnings: os.warnings.handler(({ context: { services } }) => warningsOf(services.home)),
  stats: os.stats.handler(
    backgroundJob(({ context: { services } }, pace) => statsOf(services.files, services.log, pace)),
  ),
};
