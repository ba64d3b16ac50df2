import { cidrFault } from './cidr.ts';
import { cronFault } from './cron.ts';
import { parseQuantity } from './quantity.ts';

/** A rule about a text that people write. */
export interface TextRule {
  /** @returns what is wrong, to follow the quoted value; undefined when nothing is. */
  fault(value: string): string | undefined;
  readonly remedy: string;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';
const NAME_MATCHER = new RegExp(`^${NAME}$`);

function pattern(what: string, source: string, longest: number, remedy: string): TextRule {
  const matcher = new RegExp(`^${source}$`);
  return {
    fault: (value) => {
      if (value.length > longest)
        return `has ${value.length} characters, more than the ${longest} of ${what}`;
      return matcher.test(value) ? undefined : `is not ${what}`;
    },
    remedy,
  };
}

const LOWER = 'use lower case letters, digits and "-", with a letter or digit at both ends';

/** RFC 1123 label, as Kubernetes asks of namespaces, containers and volumes. */
export const DNS_LABEL = pattern('a DNS label', LABEL, 63, LOWER);

/** RFC 1123 subdomain, as Kubernetes asks of most object names. */
export const DNS_SUBDOMAIN = pattern(
  'a DNS subdomain',
  `${LABEL}(\\.${LABEL})*`,
  253,
  `${LOWER}; "." separates labels`,
);

/** A DNS subdomain that may begin with `*.`. */
export const HOSTNAME = pattern(
  'a host name',
  `(\\*\\.)?${LABEL}(\\.${LABEL})*`,
  253,
  `${LOWER}; "*." only in front`,
);

/** RFC 6335 service name: a container port's name. */
export const PORT_NAME = pattern(
  'a port name',
  '(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?',
  15,
  `${LOWER}, at least one letter, no "--"`,
);

/** The value of a label. */
export const LABEL_VALUE = pattern(
  'a label value',
  `(${NAME})?`,
  63,
  'use letters, digits, "-", "_" and ".", with a letter or digit at both ends',
);

/** A key of a ConfigMap or Secret. */
export const DATA_KEY = pattern(
  'a data key',
  '[-._a-zA-Z0-9]+',
  253,
  'use letters, digits, "-", "_" and "."',
);

/** The name of an environment variable that every shell can read. */
export const ENV_NAME = pattern(
  'an environment variable name',
  '[-._a-zA-Z][-._a-zA-Z0-9]*',
  253,
  'use letters, digits and "_", not a digit first',
);

/** An absolute path. */
export const ABSOLUTE_PATH = pattern(
  'an absolute path',
  '/[^\\s]*',
  1024,
  'begin it with "/" and leave blanks out',
);

/** An image reference, with neither blanks nor unresolved placeholders. */
export const IMAGE = pattern(
  'an image reference',
  '[^\\s${}<>]+',
  512,
  'write registry/repository:tag or registry/repository@sha256:digest, every placeholder resolved',
);

/** The key of a label or annotation: an optional DNS prefix and a name. */
export const QUALIFIED_NAME: TextRule = {
  fault: (value) => {
    const slash = value.indexOf('/');
    const prefix = slash < 0 ? undefined : value.slice(0, slash);
    const name = value.slice(slash + 1);
    if (prefix !== undefined && DNS_SUBDOMAIN.fault(prefix) !== undefined)
      return 'has a prefix that is not a DNS subdomain';
    if (name.length > 63) return `has a name of ${name.length} characters, more than 63`;
    return NAME_MATCHER.test(name) ? undefined : 'is not a label or annotation key';
  },
  remedy: 'use [dns.prefix/]name of letters, digits, "-", "_" and ".", with a letter or digit at both ends',
};

/** A network whose host bits are zero. */
export const CIDR: TextRule = {
  fault: cidrFault,
  remedy: 'write a network address and its prefix length, such as 10.225.0.0/28 or fc00::/7',
};

/** An amount of a resource. */
export const QUANTITY: TextRule = {
  fault: (value) => (parseQuantity(value) === undefined ? 'is not a quantity' : undefined),
  remedy: 'write a number with an optional suffix, such as 500m, 2, 512Mi or 4Gi',
};

/** When a CronJob runs. */
export const CRON: TextRule = {
  fault: cronFault,
  remedy:
    'write minute, hour, day of month, month and day of week, such as "0 3 * * 1", or a macro such as "@daily"',
};
