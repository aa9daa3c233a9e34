import type { Link, Loss } from './losses.ts';
import { type KconfigModel } from './model.ts';
/** `CONFIG_X=y`, or `CONFIG_X off`. */
export declare function wishInWords({ symbol, value }: {
    readonly symbol: string;
    readonly value: string;
}): string;
/** `off`, or the value that a setting comes to; quotes where it is a text without a letter. */
export declare function cameTo({ actual }: Pick<Loss, 'actual'>): string;
/** `CONFIG_A depends on CONFIG_B, which depends on CONFIG_C`. */
export declare function chainInWords(chain: readonly Link[]): string;
/** What the last symbol of a chain is, ready to follow its name. */
export declare function stateInWords({ how, other, value }: Link, model: KconfigModel): string;
/** Who decides a symbol without a prompt. */
export declare function decidersInWords(symbol: string, { symbols, selects }: KconfigModel, id: number): string;
/**
 * Why losses with the same reason and root are lost, in one sentence that fits one of them (`who` is `CONFIG_X=y`) and many of them
 * (`who` is `37 settings`).
 */
export declare function lossInWords(loss: Loss, model: KconfigModel, who: string, isOne: boolean): string;
