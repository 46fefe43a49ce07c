const BYTES_PER_LINE = 16;
const PRINTABLE = /[\x20-\x7e]/;

/** Lines of a hex dump: offset, sixteen bytes, the same as text with dots for what can't be printed. */
export const hexLines = (hex: string): string[] => {
  const bytes = hex.replace(/\s/g, '').match(/../g) ?? [];
  return Array.from({ length: Math.ceil(bytes.length / BYTES_PER_LINE) }, (_, line) => {
    const part = bytes.slice(line * BYTES_PER_LINE, (line + 1) * BYTES_PER_LINE);
    const offset = (line * BYTES_PER_LINE).toString(16).padStart(4, '0');
    const text = part.map((byte) => String.fromCharCode(Number.parseInt(byte, 16)));
    const shown = text.map((character) => (PRINTABLE.test(character) ? character : '.')).join('');
    return `${offset}  ${part.join(' ').padEnd(BYTES_PER_LINE * 3 - 1)}  ${shown}`;
  });
};
