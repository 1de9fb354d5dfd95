import { protocols } from './agent.ts';
import { checkTools } from './check.ts';
import { knockOnHttp, knockStatuses, overHttp, overStdio, serveHttp } from './connections.ts';
import { makeSite } from './site.ts';

/** `npm run test:mcp`: a real client calls every tool over standard input and HTTP, in both versions of the protocol; exits with 1 if something was wrong. */
async function main(): Promise<number> {
  const problems: string[] = [];
  for (const protocol of protocols) {
    for (const way of ['stdio', 'http'] as const) {
      const site = await makeSite();
      const http = way === 'http' ? overHttp(site, protocol) : null;
      const report = await checkTools(site, protocol, http?.connect ?? overStdio(site, protocol));
      await http?.stop();
      site.remove();
      const { tools, calls, refusals, confirmations } = report;
      console.log(
        `${protocol} over ${way}: ${tools} tools, ${calls} calls, ${refusals} of them refused, ${confirmations} confirmations, live compared after each call; ${report.problems.length} problems`,
      );
      problems.push(...report.problems.map((problem) => `${protocol} over ${way}: ${problem}`));
    }
  }
  const site = await makeSite();
  const serving = await serveHttp(site);
  const found = await knockOnHttp(serving);
  await serving.stop();
  site.remove();
  const wrong = Object.entries(knockStatuses).filter(([name, status]) => found[name] !== status);
  console.log(
    `${Object.keys(found).length} requests without token, of other hosts or of web pages: ${wrong.length} not refused as they should be`,
  );
  problems.push(...wrong.map(([name, status]) => `${name}: ${found[name]}, not ${status}`));
  for (const problem of problems) console.log(`FAILED: ${problem}`);
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = await main();
