/** Every reporter by the name that --format takes. */
import { fragmentReporter } from './fragment.ts';
import { githubReporter } from './github.ts';
import { jsonReporter } from './json.ts';
import { markdownReporter } from './markdown.ts';
import { sarifReporter } from './sarif.ts';
import { textReporter } from './text.ts';
import { unixReporter } from './unix.ts';
export declare const reporters: {
    text: typeof textReporter;
    json: typeof jsonReporter;
    sarif: typeof sarifReporter;
    github: typeof githubReporter;
    unix: typeof unixReporter;
    markdown: typeof markdownReporter;
    fragment: typeof fragmentReporter;
};
export type Format = keyof typeof reporters;
