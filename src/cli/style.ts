/** What single formats want to know beyond what all do. */
import type { Host } from '../host.ts';
import type { Prepared } from '../project/prepare.ts';
import type { ReportStyle } from '../reporters/reporter.ts';
import { type RawOptions, textOption } from './options.ts';

export function styleFor(format: string, raw: RawOptions, host: Host, { chosen }: Prepared): Partial<ReportStyle> {
  switch (format) {
    case 'junit':
      return { failOn: (textOption(raw, 'fail-on') ?? 'error') as NonNullable<ReportStyle['failOn']> };
    case 'gitlab':
      return placesOf(host);
    case 'html':
      return {
        asked: new Map(
          chosen.map(({ profile, requirements }) => [profile.id, new Set(requirements.map(({ id }) => id))]),
        ),
      };
    default:
      return {};
  }
}

/** Where the run stands in its repository, as far as its environment says so and says the truth. */
function placesOf(host: Host): Partial<ReportStyle> {
  const { PWD: folder, CI_PROJECT_DIR: root } = host.env;
  if (folder === undefined || !folder.startsWith('/') || !host.sameFile(folder, '.')) return {};
  const repository = root?.replace(/\/+$/, '');
  const isInside = repository !== undefined && `${folder}/`.startsWith(`${repository}/`);
  return { folder, ...(isInside ? { repository } : {}) };
}
