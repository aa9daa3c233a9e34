/** Every check. A test holds this list against the folder. */

import { archMismatch } from './arch-mismatch.ts';
import { byteOrderMark } from './byte-order-mark.ts';
import { carriageReturn } from './carriage-return.ts';
import { changedByKconfig } from './changed-by-kconfig.ts';
import type { Check } from './check.ts';
import { choiceConflict } from './choice-conflict.ts';
import { commentAfterValue } from './comment-after-value.ts';
import { commentedAssignment } from './commented-assignment.ts';
import { duplicateAssignment } from './duplicate-assignment.ts';
import { emptyValue } from './empty-value.ts';
import { fileNameMismatch } from './file-name-mismatch.ts';
import { gluedLines } from './glued-lines.ts';
import { hiddenSymbol } from './hidden-symbol.ts';
import { invisibleCharacter } from './invisible-character.ts';
import { malformedString } from './malformed-string.ts';
import { missingFinalNewline } from './missing-final-newline.ts';
import { missingPrefix } from './missing-prefix.ts';
import { moduleWithoutModules } from './module-without-modules.ts';
import { notSetSpelling } from './not-set-spelling.ts';
import { notUtf8 } from './not-utf8.ts';
import { redundantAssignment } from './redundant-assignment.ts';
import { redundantDefault } from './redundant-default.ts';
import { selectedSymbol } from './selected-symbol.ts';
import { spaceAroundEquals } from './space-around-equals.ts';
import { unexpectedData } from './unexpected-data.ts';
import { unknownSymbol } from './unknown-symbol.ts';
import { unmetDependency } from './unmet-dependency.ts';
import { unquotedString } from './unquoted-string.ts';
import { valueSpelling } from './value-spelling.ts';
import { wrongValue } from './wrong-value.ts';

export const checks: readonly Check[] = [
  archMismatch,
  byteOrderMark,
  carriageReturn,
  changedByKconfig,
  choiceConflict,
  commentAfterValue,
  commentedAssignment,
  duplicateAssignment,
  emptyValue,
  fileNameMismatch,
  gluedLines,
  hiddenSymbol,
  invisibleCharacter,
  malformedString,
  missingFinalNewline,
  missingPrefix,
  moduleWithoutModules,
  notSetSpelling,
  notUtf8,
  redundantAssignment,
  redundantDefault,
  selectedSymbol,
  spaceAroundEquals,
  unexpectedData,
  unknownSymbol,
  unmetDependency,
  unquotedString,
  valueSpelling,
  wrongValue,
];
