import { createHost } from './host.ts';
import type { Parent } from './parent.ts';

const { parentPort } = process as unknown as { parentPort: Parent | undefined };
if (!parentPort) throw new Error('The data process is started by the FRAMES application.');

const host = createHost(parentPort, () => process.exit(0));
parentPort.on('message', ({ data, ports }) => host.receive(data, ports));

process.on('uncaughtException', (error) => {
  host.logError(error, 'uncaught');
  process.exit(1);
});
process.on('unhandledRejection', (reason) => host.logError(reason, 'unhandled'));

// Besides main, the operating system asks the process to close when the session ends.
process.on('SIGTERM', () => host.receive({ kind: 'close' }, []));
