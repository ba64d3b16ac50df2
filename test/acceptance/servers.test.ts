import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startApiServer } from '../../tools/servers/api-server.ts';

describe('no server and no folder is left behind', () => {
  test('after stop()', async () => {
    const before = folders();
    const server = await startApiServer();
    expect(await listens(server.url)).toBe(true);
    await server.stop();
    expect(await listens(server.url)).toBe(false);
    expect(folders()).toEqual(before);
  });

  test.each(['SIGINT', 'SIGKILL'] as const)('when the process that started it gets %s', async (signal) => {
    const before = folders();
    const [owner, url] = await startInAnotherProcess();
    expect(await listens(url)).toBe(true);
    owner.kill(signal);
    await once(owner, 'exit');
    await until(async () => !(await listens(url)) && folders().length === before.length);
    expect(folders()).toEqual(before);
  });
});

async function startInAnotherProcess(): Promise<[ChildProcess, string]> {
  const owner = spawn(process.execPath, [join(import.meta.dirname, 'start-and-wait.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(createInterface({ input: owner.stdout }), 'line');
  return [owner, String(url)];
}

function folders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('sluice-api-server-'));
}

function listens(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Waits for something that must come; the limit of the test ends it otherwise. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}
