/** What commands use of the server. It is bundled on its own, so that the command line loads it only when a command needs it. */
export {
  backUpDatabase,
  databaseBackups,
  databaseStatus,
  migrateDatabase,
  restoreDatabase,
} from './commands.ts';
export { initServer } from './init.ts';
export { serveProduction, serveTrial } from './serve.ts';
