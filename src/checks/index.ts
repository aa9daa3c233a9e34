/** Every check. A test holds this list against the folder. */

import { archMismatch } from './arch-mismatch.ts';
import { byteOrderMark } from './byte-order-mark.ts';
import { carriageReturn } from './carriage-return.ts';
import type { Check } from './check.ts';
import { commentAfterValue } from './comment-after-value.ts';
import { commentedAssignment } from './commented-assignment.ts';
import { duplicateAssignment } from './duplicate-assignment.ts';
import { emptyValue } from './empty-value.ts';
import { fileNameMismatch } from './file-name-mismatch.ts';
import { gluedLines } from './glued-lines.ts';
import { invisibleCharacter } from './invisible-character.ts';
import { malformedString } from './malformed-string.ts';
import { missingFinalNewline } from './missing-final-newline.ts';
import { missingPrefix } from './missing-prefix.ts';
import { moduleWithoutModules } from './module-without-modules.ts';
import { notSetSpelling } from './not-set-spelling.ts';
import { notUtf8 } from './not-utf8.ts';
import { redundantAssignment } from './redundant-assignment.ts';
import { spaceAroundEquals } from './space-around-equals.ts';
import { unexpectedData } from './unexpected-data.ts';
import { unquotedString } from './unquoted-string.ts';
import { valueSpelling } from './value-spelling.ts';

export const checks: readonly Check[] = [
  archMismatch,
  byteOrderMark,
  carriageReturn,
  commentAfterValue,
  commentedAssignment,
  duplicateAssignment,
  emptyValue,
  fileNameMismatch,
  gluedLines,
  invisibleCharacter,
  malformedString,
  missingFinalNewline,
  missingPrefix,
  moduleWithoutModules,
  notSetSpelling,
  notUtf8,
  redundantAssignment,
  spaceAroundEquals,
  unexpectedData,
  unquotedString,
  valueSpelling,
];
