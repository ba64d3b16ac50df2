// A process that starts an API server and is then killed by its test.
import { startApiServer } from '../../tools/servers/api-server.ts';

process.stdout.write(`${(await startApiServer()).url}\n`);
