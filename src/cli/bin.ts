/** The executable: a plain run needs only what is bundled here; for everything else the rest is loaded. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Exit, type ExitCode } from '../host.ts';
import { createNodeHost, createWriter } from '../node-host.ts';
import { compileNothing, tuneForMany } from '../node-tuning.ts';
import { hasGlob } from '../project/inputs.ts';
import { loadBuiltIn } from '../project/library.ts';
import { isProfilePath } from '../project/prepare.ts';
import { findProjectFile } from '../project/project-file.ts';
import { textReporter } from '../reporters/text.ts';
import { hasInlineWaivers } from '../waivers/marker.ts';
import { runCheck } from './check.ts';
import { asksOfBoot, listOption, type RawOptions } from './options.ts';
import { parsePlain, parsePlainResolve } from './plain.ts';
import type { Services } from './services.ts';
import { threadWord } from './thread-word.ts';
import { version } from './version.ts';

/** Fewer inputs than this are read before optimised code would pay for being made. */
const fewFiles = 4;
/** Fewer inputs than this are done before other threads have started. */
const severalFiles = 8;
/** Runs over so few files end before anybody wonders how far they are. */
const manyFiles = 20;

function main(words: readonly string[]): ExitCode | Promise<ExitCode> {
  const nodeHost = createNodeHost(
    __dirname,
    () => createRequire(__filename)('./artifacts.cjs') as typeof import('./artifacts.ts'),
  );
  const thread = words[0] === threadWord ? loadFleet().openThread(nodeHost) : undefined;
  const { argv } = thread ?? { argv: words };
  // Only a cache wants to know what is read.
  const trace =
    thread?.trace ?? (argv.some((word) => word.startsWith('--cache')) ? loadFleet().createTrace(nodeHost) : undefined);
  const host = trace?.host ?? nodeHost;
  const alone: Services['fleet'] = (work) =>
    work.paths.length < severalFiles && trace === undefined && work.raw['jobs'] === 'auto'
      ? undefined
      : loadFleet().createFleet({ argv, host, trace, program: __dirname })(work);
  const fleet = thread?.fleet ?? alone;
  const models = join(__dirname, '../models');
  const plain = parsePlain(argv);
  if (plain !== undefined && isSlim(plain) && (plain['no-project'] === true || findProjectFile(host) === undefined)) {
    const folders = plain.files.some((file) => host.pathKind(file) === 'folder');
    const few = plain.files.length < fewFiles && !folders;
    // The first thread has tuned for all of them.
    if (thread === undefined && few) compileNothing();
    const beforeInput = thread === undefined && !few ? tuneForMany() : undefined;
    return runCheck(plain, host, {
      reporters: { text: textReporter },
      loadLibrary: loadBuiltIn(host),
      glob: () => [],
      fleet,
      inputs: trace?.plain ?? nodeHost,
      beforeInput,
      waive: (report, prepared) => {
        if (!hasInlineWaivers(report.source)) return report;
        const { waiveInline } = createRequire(__filename)('./run.cjs') as typeof import('./run.ts');
        return waiveInline(report, prepared, host);
      },
      readArchive: (path) =>
        (createRequire(__filename)('./artifacts.cjs') as typeof import('./artifacts.ts')).readArchive(path),
      startProgress: (files) =>
        files > manyFiles && host.errorTerminal !== undefined ? loadKernel().startProgress(files, host) : undefined,
      // Loaded for the first file whose kernel is known: what no model speaks for costs nothing.
      createViews: (raw, prepared) => {
        const kernel = loadKernel();
        const own = kernel.createKernelHost(models);
        return kernel.createViews(raw, prepared, host, trace?.kernel(own) ?? own, () => []);
      },
      // Loaded for the first config with a command line built in.
      openBoot: () => {
        const boot = createRequire(__filename)('./boot.cjs') as typeof import('./boot.ts');
        return boot.openBoot(
          plain,
          host,
          loadBuiltIn(host),
          boot.createKernelHost(models).readParameterIndex,
          () => [],
        );
      },
    });
  }
  const toResolve = parsePlainResolve(argv);
  if (toResolve !== undefined) {
    return import('./kernel.ts').then(({ runResolve, createKernelHost }) =>
      runResolve(toResolve, host, createKernelHost(models)),
    );
  }
  return import('./run.ts').then(({ run, createKernelHost, createWatcher }) => {
    // What goes wrong while it watches goes wrong outside of any call.
    process.on('uncaughtException', crash);
    const kernel = createKernelHost(models);
    return run(argv, host, trace?.kernel(kernel) ?? kernel, { watcher: createWatcher(), fleet, trace });
  });
}

function loadFleet(): typeof import('./fleet.ts') {
  return createRequire(__filename)('./fleet.cjs');
}

function loadKernel(): typeof import('./kernel.ts') {
  return createRequire(__filename)('./kernel.cjs');
}

const needsProject = ['config', 'config-ref', 'since', 'baseline', 'update-baseline', 'prune-baseline', 'print-config'];

/** True when the run can do without YAML, globbing and the other reporters. */
function isSlim(options: RawOptions): boolean {
  return (
    options['format'] === 'text' &&
    listOption(options, 'output').length === 0 &&
    listOption(options, 'extra-symbols').length === 0 &&
    options['fix'] !== true &&
    !needsProject.some((name) => options[name] !== undefined) &&
    !asksOfBoot(options) &&
    options['watch'] !== true &&
    options['shard'] === undefined &&
    options['node'] === undefined &&
    !listOption(options, 'profile').some(isProfilePath) &&
    !options.files.some(hasGlob)
  );
}

function crash(error: unknown): void {
  const stack = error instanceof Error ? error.stack : String(error);
  // Not through its stream: where nobody reads any more, that would bring an error here for each one told, for ever.
  createWriter(2).write(
    `kconfig-lint ${version}: internal error, this is a bug. Please report it with the lines below and, if you may, the input:\n${stack}\n`,
  );
  process.exitCode = Exit.internal;
}

try {
  const result = main(process.argv.slice(2));
  if (typeof result === 'number') process.exitCode = result;
  else result.then((code) => (process.exitCode = code), crash);
} catch (error) {
  crash(error);
}
