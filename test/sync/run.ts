import { plantedFaults } from './simulator/planted.ts';
import { Workers } from './simulator/workers.ts';

const [given] = process.argv.slice(2);
const count = Number(given ?? 100_000);
const from = Number(process.env['SYNC_SEED'] ?? 1);

const workers = new Workers();
const started = performance.now();
let done = 0;
const { seeds, faults, failed } = await workers.runAll({ from, count }, (result) => {
  for (const { seed, problems } of result.failed)
    console.log(`FAILED at SYNC_SEED=${seed}: ${problems.join('; ')}`);
  const before = done;
  done += result.seeds;
  if (Math.floor(done / 1000) > Math.floor(before / 1000))
    console.log(`${done} of ${count} seeds, ${Math.round((performance.now() - started) / 1000)} s`);
});
const seconds = (performance.now() - started) / 1000;
console.log(
  `${seeds} seeds from ${from}: ${seconds.toFixed(1)} s, ${Math.round((60 * seeds) / seconds)} a minute`,
);
console.log('faults injected:');
for (const [name, times] of Object.entries(faults))
  if (times > 0) console.log(`  ${name.replaceAll('_', ' ')}: ${times}`);
if (failed.length > 0) console.log(`${failed.length} parts failed`);

let found = 0;
const planted = Object.keys(plantedFaults);
console.log('faults planted:');
const results = planted.map((fault) => workers.run({ from: 1, count: 1000, fault }));
for (const [at, fault] of planted.entries()) {
  const [first] = (await results[at])?.failed ?? [];
  if (first) found += 1;
  console.log(`  ${first ? `found at seed ${first.seed}` : 'MISSED'}: ${fault}`);
}
console.log(`${found} of ${planted.length} planted faults found`);
await workers.close();
process.exitCode = failed.length === 0 && found === planted.length ? 0 : 1;
