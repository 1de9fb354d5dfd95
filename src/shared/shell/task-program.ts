/** The first word of a command line that runs one task for another process and ends. Not for people: no help lists it. */
export const taskWord = 'run-task';

/** The environment variable with the command that runs tasks: a JSON list of a program and its arguments, which a folder follows. */
export const taskProgramVariable = 'FRAMES_TASK_PROGRAM';
