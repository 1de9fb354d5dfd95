import type { Command } from '../command.ts';
import { analyzeCommand } from './analysis.ts';
import { askCommand } from './ask.ts';
import { backupCommands } from './backups.ts';
import { completionCommands } from './completion.ts';
import { confirmCommands } from './confirm.ts';
import { contactCommands } from './contacts.ts';
import { documentCommands } from './documents.ts';
import { eventCommands } from './events.ts';
import { exportCommand } from './export.ts';
import { goldenCommands } from './golden.ts';
import { healthCommand, statsCommand, supportCopyCommand, vacuumCommand } from './health.ts';
import { historyCommands } from './history.ts';
import { hookCommands } from './hooks.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { insightsCommand, rankingCommand } from './insights.ts';
import { jobCommands } from './jobs.ts';
import { mcpCommand } from './mcp.ts';
import { languageModelCommands } from './language-models.ts';
import { mergeCommands } from './merge.ts';
import { migrateDown, migrateStatus, migrateUp } from './migrate.ts';
import { peopleCommands } from './people.ts';
import { profileCommands, sampleCommands } from './profiles.ts';
import { questionCommands } from './questions.ts';
import { recordCommands } from './records.ts';
import { mapCommands } from './maps.ts';
import { repairCommands } from './repairs.ts';
import { acceptLossCommand, salvageCommand } from './recovery.ts';
import { sandboxCommands } from './sandboxes.ts';
import { sharedSandboxCommands } from './shared-sandboxes.ts';
import { scenarioCommands } from './simulate.ts';
import { searchCommands } from './search.ts';
import { answerQuestion } from '../answer-question.ts';
import { createServeCommands } from './serve.ts';
import { connectionCommands } from './connection.ts';
import { syncCommands } from './sync.ts';
import { taskCommands } from './tasks.ts';
import { verifyCommand } from './verify.ts';

const mainCommands: readonly Command[] = [
  importCommand,
  exportCommand,
  verifyCommand,
  healthCommand,
  statsCommand,
  vacuumCommand,
  ...recordCommands,
  ...documentCommands,
  ...searchCommands,
  askCommand,
  ...questionCommands,
  ...languageModelCommands,
  ...mergeCommands,
  ...confirmCommands,
  ...contactCommands,
  insightsCommand,
  rankingCommand,
  ...mapCommands,
  ...repairCommands,
  ...taskCommands,
  analyzeCommand,
  ...scenarioCommands,
  ...jobCommands,
  ...historyCommands,
  ...eventCommands,
  ...peopleCommands,
  ...backupCommands,
  salvageCommand,
  acceptLossCommand,
  supportCopyCommand,
  ...goldenCommands,
  ...sandboxCommands,
  ...sharedSandboxCommands,
  ...profileCommands,
  ...sampleCommands,
  ...syncCommands,
  ...connectionCommands,
  ...hookCommands,
  mcpCommand,
  ...createServeCommands(answerQuestion),
  migrateStatus,
  migrateUp,
  migrateDown,
];

const baseCommands: readonly Command[] = [initCommand(mainCommands), ...mainCommands];

export const commands: readonly Command[] = [...baseCommands, ...completionCommands(baseCommands)];
