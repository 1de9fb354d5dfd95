import type { Router as RouterOf } from '@orpc/server';
import type { Contract } from '#shared/contract/index.ts';
import { analysisHandlers, codeRiskHandlers, forecastHandlers, repairHandlers } from './analysis/handlers.ts';
import { askHandlers } from './ask/handlers.ts';
import { backupStoreHandlers } from './versions/handlers.ts';
import { careHandlers } from './care/handlers.ts';
import { compareHandlers, mergeHandlers } from './compare/handlers.ts';
import { entityHandlers } from './records/entity-handlers.ts';
import { goldenStoreHandlers } from './versions/golden-handlers.ts';
import { historyHandlers } from './history/handlers.ts';
import { operationBuilder } from './model/operation-builder.ts';
import { longQuery, streamHandler } from './model/pipeline.ts';
import { readEvents } from './events/read.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { checkpointHandlers, momentHandlers } from './moments/handlers.ts';
import { connectionHandlers } from './connection/handlers.ts';
import { languageModelHandlers } from './language-models/handlers.ts';
import { networkHandlers } from './network/handlers.ts';
import { peopleHandlers } from './people/handlers.ts';
import { resetHandlers, restoreHandlers } from './restore/handlers.ts';
import { documentHandlers } from './documents/handlers.ts';
import { searchHandlers } from './search/handlers.ts';
import { sandboxHandlers } from './sandboxes/handlers.ts';
import { sharingHandlers } from './sharing/handlers.ts';
import type { CallContext } from './model/services.ts';
import { mapHandlers } from './code-maps/handlers.ts';
import { contactsHandlers } from './contacts/handlers.ts';
import { confirmHandlers } from './import/confirm/handlers.ts';
import { administrationHandlers } from './sync/administration.ts';
import { documentRepairHandlers, syncHandlers } from './sync/handlers.ts';
import { sharedPeopleHandlers } from './sync/people.ts';
import { transferHandlers } from './import/handlers.ts';
import { viewHandlers } from './views/handlers.ts';
import { workspaceHandlers } from './workspace/handlers.ts';

/** Declared, because the inferred type is longer than TypeScript can print. */
export type Router = RouterOf<Contract, CallContext>;

/** Every operation of the contract with its handler. */
export const coreRouter: Router = operationBuilder.router({
  workspace: workspaceHandlers,
  entities: entityHandlers,
  views: viewHandlers,
  documents: { ...documentHandlers, ...documentRepairHandlers },
  search: searchHandlers,
  ask: askHandlers,
  models: languageModelHandlers,
  network: networkHandlers,
  history: historyHandlers,
  sandboxes: { ...sandboxHandlers, ...mergeHandlers, ...sharingHandlers },
  compare: compareHandlers,
  transfer: transferHandlers,
  confirm: confirmHandlers,
  contacts: contactsHandlers,
  golden: { ...goldenStoreHandlers, ...resetHandlers },
  backups: { ...backupStoreHandlers, ...restoreHandlers },
  moments: momentHandlers,
  checkpoints: checkpointHandlers,
  care: careHandlers,
  people: { ...peopleHandlers, ...sharedPeopleHandlers },
  analysis: analysisHandlers,
  forecasts: forecastHandlers,
  maps: { ...mapHandlers, ...codeRiskHandlers },
  repairs: repairHandlers,
  jobs: jobHandlers,
  sync: syncHandlers,
  connection: connectionHandlers,
  administration: administrationHandlers,
  events: {
    read: operationBuilder.events.read.handler(
      longQuery((db, input) => readEvents(db, { ...input, after: input.after ?? '' })),
    ),
    watch: operationBuilder.events.watch.handler(
      streamHandler(({ input, context, signal }) => context.services.feed.follow(input.cursor, signal)),
    ),
  },
});
