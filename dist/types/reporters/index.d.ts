/** Every reporter by the name that --format takes. */
import { checkstyleReporter } from './checkstyle.ts';
import { fragmentReporter } from './fragment.ts';
import { githubReporter } from './github.ts';
import { gitlabReporter } from './gitlab.ts';
import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { rdjsonlReporter } from './rdjsonl.ts';
import { sarifReporter } from './sarif.ts';
import { textReporter } from './text.ts';
import { unixReporter } from './unix.ts';
export declare const reporters: {
    text: typeof textReporter;
    json: typeof jsonReporter;
    ndjson: (style: import("./reporter.ts").ReportStyle) => import("./reporter.ts").Reporter;
    sarif: typeof sarifReporter;
    github: typeof githubReporter;
    gitlab: typeof gitlabReporter;
    junit: typeof junitReporter;
    checkstyle: typeof checkstyleReporter;
    rdjsonl: typeof rdjsonlReporter;
    unix: typeof unixReporter;
    markdown: typeof markdownReporter;
    html: typeof htmlReporter;
    fragment: typeof fragmentReporter;
};
export type Format = keyof typeof reporters;
