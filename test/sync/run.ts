import { plantedFaults } from './simulator/planted.ts';
import { simulate } from './simulator/simulate.ts';

const [given] = process.argv.slice(2);
const count = Number(given ?? 100_000);
const from = Number(process.env['SYNC_SEED'] ?? 1);

const started = performance.now();
const { seeds, faults, failed } = simulate({ from, count });
const seconds = (performance.now() - started) / 1000;
console.log(
  `seeds ${from} to ${from + seeds - 1}: ${seeds} in ${seconds.toFixed(1)} s, ${Math.round((60 * seeds) / seconds)} a minute`,
);
console.log('faults injected:');
for (const [name, times] of Object.entries(faults))
  if (times > 0) console.log(`  ${name.replaceAll('_', ' ')}: ${times}`);
for (const { seed, problems } of failed) console.log(`FAILED at SYNC_SEED=${seed}: ${problems.join('; ')}`);

let caught = 0;
const planted = Object.entries(plantedFaults);
console.log('faults planted:');
for (const [name, rules] of planted) {
  const found = simulate({ from: 1, count: 5000, rules });
  const [first] = found.failed;
  if (first) caught += 1;
  console.log(`  ${first ? `caught at seed ${first.seed}` : 'MISSED'}: ${name}`);
}
console.log(`${caught} of ${planted.length} planted faults caught`);
process.exitCode = failed.length === 0 && caught === planted.length ? 0 : 1;
