/**
 * Runs one throw-away API server with its etcd until standard input ends, which it does when the parent ends in
 * whatever way; so neither a crash nor SIGKILL of a test leaves a server behind. Prints one line of JSON, the
 * {@link import('./api-server.ts').Access} to it, as soon as it is ready.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;

const [etcd = '', kubeApiserver = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sluice-api-server-'));
const children: ChildProcess[] = [];
let ending = false;

process.stdin.on('end', () => end(0)).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));

try {
  process.stdout.write(`${JSON.stringify(await start())}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  end(1);
}

async function start(): Promise<{ url: string; token: string; ca: string }> {
  const [client, peer, secure] = await freePorts(3);
  const store = `http://127.0.0.1:${client}`;
  run(etcd, [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${store}`,
    `--advertise-client-urls=${store}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    // nothing here outlives the test
    '--unsafe-no-fsync',
    '--log-level=error',
  ]);

  const token = randomBytes(24).toString('hex');
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${token},acceptance,acceptance,"system:masters"\n`, { mode: 0o600 });
  const key = join(folder, 'service-account.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const certificates = join(folder, 'certificates');
  run(kubeApiserver, [
    `--etcd-servers=${store}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${secure}`,
    `--cert-dir=${certificates}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://acceptance.invalid',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-cluster-ip-range=10.0.0.0/16',
    // as managed clusters have it; what a namespace allows is then for its labels to say
    '--allow-privileged=true',
    '--enable-admission-plugins=PodSecurity,ServiceAccount,LimitRanger,ResourceQuota',
    '--profiling=false',
  ]);

  const url = `https://127.0.0.1:${secure}`;
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    const ca = await ready(url, token, join(certificates, 'apiserver.crt'));
    if (ca !== undefined) return { url, token, ca };
    await sleep(100);
  }
  throw new Error(
    `the API server was not ready within ${READY_WITHIN_MS / 1000} s\n${lastWords(kubeApiserver)}`,
  );
}

/** @returns the certificate to trust once the server says that it is ready. */
async function ready(url: string, token: string, certificate: string): Promise<string | undefined> {
  let ca: string;
  try {
    ca = readFileSync(certificate, 'utf8');
  } catch {
    return undefined;
  }
  const agent = new Agent({ ca });
  return new Promise((resolve) => {
    get(`${url}/readyz`, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? ca : undefined);
    }).on('error', () => resolve(undefined));
  });
}

function run(program: string, args: readonly string[]): void {
  const log = openSync(logOf(program), 'w');
  const child = spawn(program, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', (error) => {
    process.stderr.write(`${program}: ${error.message}\n`);
    end(1);
  });
  child.on('exit', (code, signal) => {
    process.stderr.write(`${program} ended by itself (${signal ?? code})\n${lastWords(program)}\n`);
    end(1);
  });
  children.push(child);
}

function logOf(program: string): string {
  return join(folder, `${program === etcd ? 'etcd' : 'kube-apiserver'}.log`);
}

function lastWords(program: string): string {
  return readFileSync(logOf(program), 'utf8').split('\n').slice(-20).join('\n');
}

function end(code: number): void {
  if (ending) return;
  ending = true;
  const gone = children.map((child) => {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    return child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  });
  // waited for, so that no zombie is left either
  void Promise.all(gone).then(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
  });
}

/** @returns ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
      return address.port;
    }),
  );
}
