/** Reads the version.json of vz: its fields, their types, and the profile that it names. */
import { type JsonField, jsonFields } from '../../artifacts/bundle/json-places.ts';
import type { Location } from '../../source.ts';
import { parseKernelVersion } from '../../target.ts';
import type { Inspection } from './inspection.ts';
import { bundleRules } from './rules.ts';

export const versionPath = 'version.json';
/** Bytes of version.json; vz reads no more either. */
const versionLimit = 64 << 10;

const required = ['kernel', 'busybox', 'agent', 'youki'] as const;
const optional = [
  'profile',
  'security_profile',
  'built',
  'sha256_vmlinux',
  'sha256_initramfs',
  'sha256_youki',
] as const;

export type VzProfile = 'developer' | 'container';

const securityProfiles: Readonly<Record<VzProfile, string>> = {
  developer: 'developer-nested-virt',
  container: 'container-hardened',
};

export interface VersionJson {
  readonly value: Readonly<Record<string, unknown>>;
  readonly fields: readonly JsonField[];
  readonly profile: VzProfile | undefined;
}

type Place = (key: string) => Location;

/** Reads version.json and says what is wrong with its form; undefined where it cannot be used. */
export function readVersionJson(inspection: Inspection): VersionJson | undefined {
  if (!inspection.has(versionPath)) return undefined;
  const source = inspection.text(versionPath, versionLimit);
  if (source === undefined) return undefined;
  const { say, at } = inspection;
  const value = parseObject(source.text);
  if (typeof value === 'string') {
    say(bundleRules.versionJson, at(versionPath), `${versionPath} ${value}`);
    return undefined;
  }
  const fields = jsonFields(source.text);
  const place: Place = (key) => at(versionPath, fields.find((field) => field.key === key)?.span);
  const known: readonly string[] = [...required, ...optional, revision, 'capabilities'];
  for (const [i, { key, span }] of fields.entries()) {
    if (known.includes(key) && fields.findIndex((field) => field.key === key) < i)
      say(bundleRules.versionJson, at(versionPath, span), `${key} stands in ${versionPath} twice, which vz refuses`);
  }
  inspectTexts(inspection, value, place);
  inspectRevision(inspection, value, place);
  inspectKernel(inspection, value, place);
  return { value, fields, profile: inspectProfile(inspection, value, place) };
}

const revision = 'agent_protocol_revision';

function inspectTexts({ say, at }: Inspection, value: Readonly<Record<string, unknown>>, place: Place): void {
  for (const key of required) {
    const found = value[key];
    if (found === undefined) say(bundleRules.versionJson, at(versionPath), `${versionPath} lacks ${key}`);
    else if (typeof found !== 'string' || found.trim() === '')
      say(bundleRules.versionJson, place(key), `${key} in ${versionPath} is not a text`);
  }
  for (const key of optional) {
    const found = value[key];
    if (found !== undefined && found !== null && typeof found !== 'string')
      say(bundleRules.versionJson, place(key), `${key} in ${versionPath} is not a text`);
  }
}

function inspectRevision({ say, at }: Inspection, value: Readonly<Record<string, unknown>>, place: Place): void {
  const found = value[revision];
  if (found === undefined || found === null) {
    const message = `${versionPath} lacks ${revision}, without which vz starts only where no exact agent is asked for`;
    say(bundleRules.versionJson, at(versionPath), message, { severity: 'warning' });
  } else if (typeof found !== 'number' || !Number.isInteger(found) || found < 0 || found >= 2 ** 32)
    say(bundleRules.versionJson, place(revision), `${revision} in ${versionPath} is not a number from 0`);
}

function inspectKernel(
  { say, versions }: Inspection,
  { kernel }: Readonly<Record<string, unknown>>,
  place: Place,
): void {
  if (typeof kernel !== 'string') return;
  const value = parseKernelVersion(kernel);
  const location = place('kernel');
  if (value === undefined)
    say(bundleRules.versionJson, location, `kernel in ${versionPath} is "${kernel}", which is no kernel version`);
  else versions.push({ words: `${versionPath} says kernel ${kernel}`, value, location });
}

function parseObject(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return 'is not an object';
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
}

function inspectProfile(
  { say }: Inspection,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): VzProfile | undefined {
  const { profile, security_profile: security } = value as { profile?: unknown; security_profile?: unknown };
  if (profile === undefined || profile === null) {
    say(
      bundleRules.vzProfile,
      place('profile'),
      `${versionPath} names no profile, so vz takes the bundle for neither developer nor container`,
      { severity: 'warning' },
    );
    return undefined;
  }
  if (profile !== 'developer' && profile !== 'container') {
    say(
      bundleRules.vzProfile,
      place('profile'),
      `profile is ${JSON.stringify(profile)}; vz knows developer and container`,
      { actual: String(profile), expected: 'developer or container' },
    );
    return undefined;
  }
  const expected = securityProfiles[profile];
  if (security === undefined || security === null)
    say(
      bundleRules.vzProfile,
      place('profile'),
      `profile is ${profile}, and there is no security_profile ${expected}`,
      { severity: 'warning', expected },
    );
  else if (security !== expected)
    say(
      bundleRules.vzProfile,
      place('security_profile'),
      `security_profile is ${JSON.stringify(security)}, and profile ${profile} goes with ${expected}`,
      { actual: String(security), expected },
    );
  return profile;
}
