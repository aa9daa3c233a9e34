/** Version of this program; scripts/bundle.mjs holds it against package.json. */
export declare const version = "0.1.0";
