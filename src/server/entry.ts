/** Server functions that the command line loads on demand; bundled separately. */
export {
  backUpDatabase,
  databaseBackups,
  databaseStatus,
  migrateDatabase,
  restoreDatabase,
  verifyServer,
} from './commands.ts';
export { initServer } from './init.ts';
export { serveProduction, serveTrial } from './serve.ts';
