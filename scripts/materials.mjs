/** What other people's packages are in the bundles: their notices, with licences in full, and a bill of materials. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './load-ts.mjs';

const folderOf = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Packages by folder, from the inputs that esbuild says it bundled; each of a version once. */
export function packagesOf(inputs) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = new Map();
  for (const input of inputs) {
    const folder = folderOf.exec(input)?.[1];
    if (folder === undefined || found.has(folder)) continue;
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const { integrity } = lock[folder] ?? {};
    if (integrity === undefined) throw new Error(`package-lock.json does not know ${folder}; run "npm ci"`);
    found.set(folder, { folder, manifest, integrity, texts: licenceTexts(folder) });
  }
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function licenceTexts(folder) {
  const names = readdirSync(join(root, folder)).filter((name) =>
    /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i.test(name),
  );
  const texts = names.sort().map((name) => readFileSync(join(root, folder, name), 'utf8').trim());
  if (texts.join('') === '') throw new Error(`${folder} ships without the text of its licence`);
  return texts;
}

/** Of each version once, wherever it is nested. */
function unique(packages) {
  return [...new Map(packages.map((each) => [purlOf(each.manifest), each])).values()];
}

export function noticesOf(packages) {
  const parts = unique(packages).map(
    ({ manifest: { name, version, license }, texts }) => `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`,
  );
  const head = 'The files beside this one contain parts of the packages below, each under its own licence.\n';
  return [head, ...parts].join(`\n${'-'.repeat(72)}\n\n`);
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** CycloneDX 1.6; the same for the same packages, whenever and wherever it is made. */
export function billOf(packages, own) {
  const byFolder = new Map(packages.map((each) => [each.folder, each]));
  const components = unique(packages).map(componentOf);
  const isBundled = new Set(packages.map(({ manifest }) => manifest.name));
  const ownRef = purlOf(own);
  const needed = (manifest, from) =>
    Object.keys(manifest.dependencies ?? {})
      .filter((name) => isBundled.has(name))
      .map((name) => purlOf(resolved(name, from, byFolder).manifest))
      .sort();
  const direct = Object.keys(own.devDependencies).filter((name) => byFolder.has(`node_modules/${name}`));
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': ownRef,
        name: own.name,
        version: own.version,
        description: own.description,
        licenses: [{ license: { id: own.license } }],
        purl: ownRef,
      },
    },
    components,
    dependencies: [
      { ref: ownRef, dependsOn: direct.map((name) => purlOf(byFolder.get(`node_modules/${name}`).manifest)).sort() },
      ...unique(packages).map(({ manifest, folder }) => ({
        ref: purlOf(manifest),
        dependsOn: needed(manifest, folder),
      })),
    ],
  };
  return `${JSON.stringify({ ...bill, serialNumber: serialOf(JSON.stringify(bill)) }, null, 1)}\n`;
}

function componentOf({ manifest: { name, version, description, license, repository }, integrity }) {
  const [, group, plain] = /^(?:(@[^/]+)\/)?(.+)$/.exec(name);
  const [algorithm, digest] = integrity.split(/-(.*)/);
  if (algorithm !== 'sha512') throw new Error(`package-lock.json has no SHA-512 of ${name}`);
  const source = (typeof repository === 'string' ? repository : repository?.url)?.replace(/^git\+/, '');
  return {
    type: 'library',
    'bom-ref': purlOf({ name, version }),
    ...(group === undefined ? {} : { group }),
    name: plain,
    version,
    ...(description === undefined ? {} : { description }),
    scope: 'required',
    hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    licenses: [/ /.test(license) ? { expression: license } : { license: { id: license } }],
    purl: purlOf({ name, version }),
    ...(/^https:/.test(source ?? '') ? { externalReferences: [{ type: 'vcs', url: source }] } : {}),
  };
}

/** The package that `name` means to the one in `from`, as Node looks for it. */
function resolved(name, from, byFolder) {
  for (let place = from; ; place = place.slice(0, place.lastIndexOf('/node_modules/'))) {
    const nested = byFolder.get(`${place}/node_modules/${name}`);
    if (nested !== undefined || existsSync(join(root, place, 'node_modules', name))) return nested;
    if (!place.includes('/node_modules/')) return byFolder.get(`node_modules/${name}`);
  }
}

/** A UUID that hangs on the content only. */
function serialOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16], 16) % 4];
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
