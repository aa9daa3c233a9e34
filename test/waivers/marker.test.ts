/** Whether a config holds waivers is told from its code units: the same as from its text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAsciiSource, createSource } from '../../src/source.ts';
import { hasInlineWaivers, marker } from '../../src/waivers/marker.ts';

const pieces = fc.array(
  fc.constantFrom(marker, marker.slice(0, -1), 'k', 'kkconfig-lint-', '\n', '# ', 'CONFIG_X=y', 'ä'),
);

test('a text holds waivers where it holds the marker, in bytes as in UTF-16', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('');
      expect(hasInlineWaivers(createSource('x.config', text))).toBe(text.includes(marker));
    }),
  );
});

test('the text of an ASCII file is not decoded for it', () => {
  const source = (text: string) =>
    createAsciiSource('x.config', Buffer.from(text), () => {
      throw new Error('decoded');
    });
  expect(hasInlineWaivers(source(`CONFIG_A=y\n# ${marker} unknown-symbol because\n`))).toBe(true);
  expect(hasInlineWaivers(source(`CONFIG_A=y\n# ${marker.slice(0, -1)}`))).toBe(false);
});
