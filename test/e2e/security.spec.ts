import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { shellLog } from './lib/launch.ts';
import { goTo, openRecord } from './lib/window.ts';

test('the page has only the bridge: no other file, permission, connection, script, style or address', async ({
  frames,
}) => {
  frames.expectTrouble(/(navigation|new window) refused/);
  const running = await frames.start();
  const { page, app, complaints } = running;
  await test.step('the page has the bridge and nothing else of the system', async () => {
    const found = await page.evaluate(() => ({
      bridge: Object.keys(window.framesBridge).sort(),
      node: ['require', 'process', 'module', 'global', 'Buffer', 'electron'].filter(
        (name) => name in globalThis,
      ),
    }));
    expect(found).toEqual({ bridge: ['connect', 'grantDropped'], node: [] });
  });

  await test.step('the bridge gives no file for what the system did not drop', async () => {
    const granted = await page.evaluate(async () => [
      await window.framesBridge.grantDropped(new File(['{}'], 'made-up.json')),
      await window.framesBridge.grantDropped('/etc/passwd'),
      await window.framesBridge.grantDropped({ path: '/etc/passwd', name: 'passwd' }),
    ]);
    expect(granted).toEqual([null, null, null]);
  });

  await test.step('every load has a policy with a nonce of its own', async () => {
    const policyOf = (): Promise<string> =>
      page.evaluate(async () => (await fetch(location.href)).headers.get('Content-Security-Policy') ?? '');
    const [one, two] = [await policyOf(), await policyOf()];
    expect(one).toContain("default-src 'none'");
    expect(one).not.toMatch(/unsafe/);
    expect(one).not.toBe(two);
  });

  await test.step('permissions are denied', async () => {
    const answers = await page.evaluate(async () => {
      const ask = (name: string): Promise<string> =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'denied',
        );
      const camera = navigator.mediaDevices?.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'denied',
      );
      return {
        notifications: await Notification.requestPermission(),
        geolocation: await ask('geolocation'),
        clipboardRead: await ask('clipboard-read'),
        camera: (await camera) ?? 'denied',
      };
    });
    expect(answers).toEqual({
      notifications: 'denied',
      geolocation: 'denied',
      clipboardRead: 'denied',
      camera: 'denied',
    });
  });

  await test.step('a peer connection reaches nobody, neither by UDP nor by TCP', async () => {
    const reached: string[] = [];
    const udp = createSocket('udp4').on('message', () => reached.push('udp'));
    const tcp = createServer((socket) => void (reached.push('tcp'), socket.destroy()));
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const [stun, turn] = [udp.address().port, (tcp.address() as AddressInfo).port];
    const candidates = await page.evaluate(
      async ([byUdp, byTcp]) => {
        const relay = { urls: `turn:127.0.0.1:${byTcp}?transport=tcp`, username: 'a', credential: 'b' };
        const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${byUdp}` }, relay] });
        const found: string[] = [];
        peer.createDataChannel('out');
        peer.addEventListener(
          'icecandidate',
          ({ candidate }) => candidate && found.push(candidate.candidate),
        );
        await peer.setLocalDescription(await peer.createOffer());
        await new Promise((resolve) => setTimeout(resolve, 2000));
        return found;
      },
      [stun, turn],
    );
    udp.close();
    tcp.close();
    expect({ candidates, reached }).toEqual({ candidates: [], reached: [] });
  });

  await test.step('an inline script is refused, and such a refusal fails a test', async () => {
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.planted = true';
      document.body.append(script);
    });
    await expect.poll(() => complaints.length).toBeGreaterThan(0);
    expect(complaints.splice(0).join('\n')).toMatch(/Content.Security.Policy/i);
    expect(await page.evaluate(() => 'planted' in window)).toBe(false);
  });

  await test.step('an inline style without the nonce is refused, and no page outside is reached', async () => {
    const outcome = await page.evaluate(async () => {
      const style = document.createElement('style');
      style.textContent = 'body { outline: 7px solid red }';
      document.head.append(style);
      const reached = await fetch('https://example.org/').then(
        () => 'reached',
        () => 'refused',
      );
      return { reached, outline: getComputedStyle(document.body).outlineWidth };
    });
    expect(outcome.reached).toBe('refused');
    expect(outcome.outline).not.toBe('7px');
    await expect.poll(() => complaints.length).toBeGreaterThan(1);
    complaints.splice(0);
  });

  await test.step('a reload is no way out: the window is there again', async () => {
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.reload();
    await expect(page.getByRole('navigation', { name: 'Main' }).getByText('64')).toBeVisible();
  });

  const openedOutside = () => ask(() => app.evaluate(() => (globalThis as { opened?: string[] }).opened));
  const guide = 'https://wiki.example.org/summit/handover-guide-of-flight-software';

  await test.step('an outside address is opened by the user’s click, and not by a script', async () => {
    // The system's browser is not started by a test: what would open it is counted.
    await ask(() =>
      app.evaluate(({ shell }) => {
        shell.openExternal = (url) => {
          (globalThis as { opened?: string[] }).opened = [
            ...((globalThis as { opened?: string[] }).opened ?? []),
            url,
          ];
          return Promise.resolve();
        };
      }),
    );
    await goTo(page, 'Documents');
    const panel = await openRecord(page, 'Handover guide of Flight software');
    const button = panel.getByRole('button', { name: 'Open in browser' }).first();
    await button.click();
    await expect.poll(openedOutside).toEqual([guide]);
    await button.evaluate((element: HTMLElement) => element.click());
    await page.reload();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    expect(await openedOutside()).toEqual([guide]);
  });

  await test.step('the page cannot be navigated', async () => {
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    for (const address of ['https://example.org/', 'file:///etc/passwd', 'app://other/index.html']) {
      await page.evaluate((to) => location.assign(to), address);
    }
    await expect
      .poll(() => shellLog(running.userData).filter(({ message }) => /refused/.test(message)).length)
      .toBe(2);
    const place = await page.evaluate(() => [location.host, document.querySelector('nav')?.ariaLabel]);
    expect(place).toEqual(['frames', 'Main']);

    const opened = await page.evaluate(() =>
      ['https://example.org/', 'http://example.org/', 'file:///etc/passwd'].map((url) => window.open(url)),
    );
    expect(opened).toEqual([null, null, null]);
    expect(app.windows()).toHaveLength(1);
    expect(await openedOutside()).toEqual([guide]);
    // Chromium itself refuses a file, before the shell is asked.
    expect(complaints.splice(0).every((text) => text.includes('Not allowed to load local resource'))).toBe(
      true,
    );
  });
});
