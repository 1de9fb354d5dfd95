/** The first word of a command line that runs one task for another process. Internal, so it is not in any help text. */
export const taskWord = 'run-task';

/** The environment variable with the command of tasks: a JSON list of a program and its arguments; the folder of the task is added. */
export const taskProgramVariable = 'FRAMES_TASK_PROGRAM';
