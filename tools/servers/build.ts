import { serverBinaries } from './binaries.ts';

const { etcd, kubeApiserver } = serverBinaries((line) => process.stderr.write(`${line}\n`));
process.stdout.write(`etcd            ${etcd}\nkube-apiserver  ${kubeApiserver}\n`);
