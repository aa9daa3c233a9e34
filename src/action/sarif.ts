/** Makes the paths of a SARIF report start at the root of the repository, where code scanning looks for them. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `text` with every artifact's URI put through `toWorkspace`, which takes and gives percent-encoded paths. */
export function rebaseSarif(text: string, toWorkspace: (uri: string) => string): string {
  const rebase = (_key: string, value: Json): Json => {
    if (typeof value !== 'object' || value === null || !('artifactLocation' in value)) return value;
    const location = value['artifactLocation'] as { readonly uri: string };
    return { ...value, artifactLocation: { ...location, uri: toWorkspace(location.uri) } };
  };
  return `${JSON.stringify(JSON.parse(text, rebase), null, 1)}\n`;
}
