import type { EntityRecord } from '#shared/contract/record.ts';
import { newIssueAddress, taskIssue } from '#shared/texts/task-issue.ts';
import type { TaskIssue } from '#shared/texts/task-issue.ts';

/** The issue of a task, and the address of a prefilled new issue; null without a repository on a known forge. */
export async function readTaskIssue(
  task: EntityRecord,
  find: (id: string) => Promise<EntityRecord>,
): Promise<TaskIssue & { task: string; address: string | null }> {
  const referenced = async (key: string): Promise<EntityRecord | null> => {
    const id = task.payload[key];
    return typeof id === 'string' ? find(id) : null;
  };
  const issue = taskIssue(task, await referenced('repair_id'));
  const repository = await referenced('repository_id');
  return { task: task.id, ...issue, address: newIssueAddress(repository?.payload['url'], issue) };
}
