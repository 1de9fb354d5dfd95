import { lastDailyOf } from '../versions/last-daily.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { recordingCorruption } from '../kernel/db/corruption-guard.ts';
import { operationBuilder } from '../model/implement.ts';
import { job } from '../model/pipeline.ts';
import { foundDamage } from './found-damage.ts';
import { backupsOf, healthOf } from './health.ts';
import { statsOf } from './stats.ts';
import { warningsOf } from './warnings.ts';

const os = operationBuilder.care;

export const careHandlers = {
  health: os.health.handler(
    job(({ input, context: { services }, signal }) => {
      const { files, source, log } = services;
      const daily = files.target.kind === 'live' ? lastDailyOf(services).findings() : [];
      const look = healthOf({ files, clock: source.clock, log, full: input.full, signal, daily });
      return recordingCorruption(look, foundDamage, services);
    }),
  ),
  backups: os.backups.handler(({ context: { services } }) => {
    const { files, read, source } = services;
    const live = files.target.kind === 'live' ? read : null;
    return backupsOf(workspaceFiles(files.folder), live, source.clock.now());
  }),
  // The current state, even if a point in time is open.
  warnings: os.warnings.handler(({ context: { services } }) => warningsOf(services.home)),
  stats: os.stats.handler(
    job(({ context: { services }, signal }) => statsOf(services.files, services.log, signal)),
  ),
};
