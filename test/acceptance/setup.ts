import type { TestProject } from 'vitest/node';
import { type Access, startApiServer } from '../../tools/servers/api-server.ts';
import { Client } from '../../tools/servers/client.ts';
import { CRD_FOLDER, DEFAULT_DOMAIN_CERTIFICATE_CRD, establish, haveCrds, realCrds } from './crds.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The API server of this run, with the real CRDs loaded. */
    readonly access: Access;
  }
}

/** Starts the API server that all acceptance tests share, and ends it after them, whatever happened. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const server = await startApiServer(log);
  try {
    if (haveCrds) {
      const client = new Client(server);
      await establish(client, [...realCrds(), DEFAULT_DOMAIN_CERTIFICATE_CRD]);
      client.close();
    } else {
      log(`SKIPPED: what needs the real CRDs: there is no ${CRD_FOLDER} (SLUICE_CRDS names another folder)`);
    }
    const { url, token, ca } = server;
    project.provide('access', { url, token, ca });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
