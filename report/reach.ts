import type { AllPairs, ConnectedPorts, PairPeer } from '../analysis/reach/index.ts';

export const REACH_FORMATS = ['table', 'json', 'csv', 'md', 'dot'] as const;
export type ReachFormat = (typeof REACH_FORMATS)[number];

/** Who reaches whom, in the form that is asked for. */
export function renderPairs(pairs: AllPairs, format: ReachFormat): string {
  const { peers, connections, exposure, ignored } = pairs;
  if (format === 'json') {
    const answer = { peers, connections, exposure, ...(ignored.length > 0 && { ignored }) };
    return `${JSON.stringify(answer, undefined, 2)}\n`;
  }
  const rows = connections.map(
    ({ from, to, ports }) => [peerText(from), peerText(to), portsText(ports)] as const,
  );
  switch (format) {
    case 'csv':
      return [['from', 'to', 'ports'], ...rows].map((row) => `${row.map(csvField).join(',')}\n`).join('');
    case 'md':
      return [['from', 'to', 'ports'], ['---', '---', '---'], ...rows]
        .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
        .join('');
    case 'dot':
      return dot(pairs);
    case 'table':
      return table([['FROM', 'TO', 'PORTS'], ...rows]);
  }
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Names stand in quotes, in which JSON's escapes are Graphviz's too. */
function dot({ peers, connections }: AllPairs): string {
  const nodes = peers.map((peer) => {
    const shape = 'workload' in peer ? 'box' : 'ellipse';
    return `  ${JSON.stringify(peerText(peer))} [shape=${shape}];\n`;
  });
  const edges = connections.map(({ from, to, ports }) => {
    const [tail, head, label] = [peerText(from), peerText(to), portsText(ports)].map((text) =>
      JSON.stringify(text),
    );
    return `  ${tail} -> ${head} [label=${label}];\n`;
  });
  return `digraph reach {\n  rankdir=LR;\n${nodes.join('')}${edges.join('')}}\n`;
}

function peerText(peer: PairPeer): string {
  if ('workload' in peer) {
    const { namespace, kind, name } = peer.workload;
    return `${namespace}/${kind}/${name}`;
  }
  if ('ipRange' in peer)
    return peer.ipRange[0] === peer.ipRange[1] ? peer.ipRange[0] : peer.ipRange.join('-');
  return 'ingress controller';
}

function portsText(ports: ConnectedPorts): string {
  if (ports === 'all') return 'all';
  return Object.entries(ports)
    .flatMap(([protocol, ranges]) =>
      (ranges ?? []).map(([first, last]) => {
        if (first === 1 && last === 65535) return protocol;
        return first === last ? `${protocol} ${first}` : `${protocol} ${first}-${last}`;
      }),
    )
    .join(', ');
}
