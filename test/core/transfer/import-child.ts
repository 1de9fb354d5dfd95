import { hastyClock, open } from './support.ts';

// A process of its own that imports a file and kills itself once the given step has come so far.
const [folder = '', path = '', step = '', done = '0'] = process.argv.slice(2);
const core = await open(folder, hastyClock());
const grant = core.grants.issue(path, 'read');
for await (const event of await core
  .client(core.session())
  .transfer.importFile({ grant, force: true, backup: false })) {
  if (event.kind === 'progress' && event.step === step && event.done >= Number(done)) {
    process.kill(process.pid, 'SIGKILL');
  }
}
await core.close();
