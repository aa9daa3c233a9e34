/** Every reporter by the name that --format takes. */
import { checkstyleReporter } from './checkstyle.ts';
import { fragmentReporter } from './fragment.ts';
import { githubReporter } from './github.ts';
import { gitlabReporter } from './gitlab.ts';
import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { ndjsonReporter } from './ndjson.ts';
import { rdjsonlReporter } from './rdjsonl.ts';
import type { ReporterFactory } from './reporter.ts';
import { sarifReporter } from './sarif.ts';
import { textReporter } from './text.ts';
import { unixReporter } from './unix.ts';

export const reporters = {
  text: textReporter,
  json: jsonReporter,
  ndjson: (style) => ndjsonReporter(style),
  sarif: sarifReporter,
  github: githubReporter,
  gitlab: gitlabReporter,
  junit: junitReporter,
  checkstyle: checkstyleReporter,
  rdjsonl: rdjsonlReporter,
  unix: unixReporter,
  markdown: markdownReporter,
  html: htmlReporter,
  fragment: fragmentReporter,
} satisfies Record<string, ReporterFactory>;

export type Format = keyof typeof reporters;
