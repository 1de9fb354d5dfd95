import { workspaceFiles } from '../db/files.ts';
import { notingDamage } from '../db/damage-mark.ts';
import { operations } from '../implement.ts';
import { job } from '../pipeline.ts';
import { foundDamage } from './found-damage.ts';
import { backupsOf, healthOf } from './health.ts';
import { statsOf } from './stats.ts';
import { warningsOf } from './warnings.ts';

const os = operations.care;

export const careHandlers = {
  health: os.health.handler(
    job(({ input, context: { services }, signal }) => {
      const { files, source, log, lastDaily } = services;
      const daily = files.target.kind === 'live' ? lastDaily.findings() : [];
      const look = healthOf({ files, clock: source.clock, log, full: input.full, signal, daily });
      return notingDamage(look, foundDamage, services);
    }),
  ),
  backups: os.backups.handler(({ context: { services } }) => {
    const { files, read, source } = services;
    const live = files.target.kind === 'live' ? read : null;
    return backupsOf(workspaceFiles(files.folder), live, source.clock.now());
  }),
  // How it is now, also where a moment of the past is open.
  warnings: os.warnings.handler(({ context: { services } }) => warningsOf(services.home)),
  stats: os.stats.handler(
    job(({ context: { services }, signal }) => statsOf(services.files, services.log, signal)),
  ),
};
