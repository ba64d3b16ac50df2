import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serverBinaries } from './binaries.ts';

/** How to speak to an API server as a member of `system:masters`. */
export interface Access {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  readonly token: string;
  /** PEM certificate to trust. */
  readonly ca: string;
}

/** A running API server of its own etcd, with nothing in it. */
export interface ApiServer extends Access {
  /** Ends both servers and removes what they stored; ends by itself when this process does. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts etcd and kube-apiserver on free loopback ports, with RBAC and the admission plug-ins PodSecurity,
 * ServiceAccount, LimitRanger and ResourceQuota on; no controllers run. Ready after about five seconds, after
 * minutes where the programs must be built first.
 *
 * @throws Error with the servers' last words where they do not start
 */
export async function startApiServer(log: (line: string) => void = () => {}): Promise<ApiServer> {
  const { etcd, kubeApiserver } = serverBinaries(log);
  const supervisor = spawn(
    process.execPath,
    [join(import.meta.dirname, 'supervise.ts'), etcd, kubeApiserver],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      // an interrupt at the terminal reaches the tests; the end of its standard input then reaches the supervisor
      detached: true,
    },
  );
  let complaints = '';
  supervisor.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = once(supervisor, 'exit');
  const lines = createInterface({ input: supervisor.stdout });
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`the API server did not start\n${complaints}`);
  const { url, token, ca } = JSON.parse(String(first[0])) as Access;
  const stop = async (): Promise<void> => {
    supervisor.stdin.end();
    await ended;
  };
  return { url, token, ca, stop };
}
