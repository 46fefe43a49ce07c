import { AppError } from '@jiapian/kernel';

/** The five characters of MSH-1 and MSH-2. */
interface Separators {
  field: string;
  component: string;
  repetition: string;
  escape: string;
  subcomponent: string;
}

/** One segment; fields, repetitions and components are counted from 1, as the standard does. */
export interface Hl7Segment {
  name: string;
  /** The text of a component, unescaped; empty when it is absent or the explicit null `""`. */
  value(field: number, component?: number, repetition?: number): string;
  repetitions(field: number): number;
}

export interface Hl7Message {
  segments: readonly Hl7Segment[];
  first(name: string): Hl7Segment | undefined;
  /** `ORM^O01`, from MSH-9. */
  type: string;
  controlId: string;
  sendingApplication: string;
  sendingFacility: string;
  version: string;
  /** MSH-7 as it stands. */
  sentAt: string;
}

/** A message has tens of segments; a thousand and more is no order. [PD] */
const SEGMENTS_MAX = 2000;

/** Takes a message apart (HL7 v2.5.1 chapter 2). Throws `HL7_UNREADABLE` for a text that is no message. */
export const parseHl7 = (text: string): Hl7Message => {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const header = lines[0] ?? '';
  if (!header.startsWith('MSH') || header.length < 8) throw new AppError('HL7_UNREADABLE', { reason: 'no-msh' });
  if (lines.length > SEGMENTS_MAX) throw new AppError('HL7_UNREADABLE', { reason: 'too-many-segments' });
  const separators: Separators = {
    field: header.charAt(3),
    component: header.charAt(4),
    repetition: header.charAt(5),
    escape: header.charAt(6),
    subcomponent: header.charAt(7) === header.charAt(3) ? '&' : header.charAt(7),
  };
  const segments = lines.map((line) => segmentOf(line, separators));
  const msh = segments[0]!;
  const type = [msh.value(9, 1), msh.value(9, 2)].filter((part) => part !== '').join('^');
  if (type === '') throw new AppError('HL7_UNREADABLE', { reason: 'no-message-type' });
  return {
    segments,
    first: (name) => segments.find((segment) => segment.name === name),
    type,
    controlId: msh.value(10),
    sendingApplication: msh.value(3),
    sendingFacility: msh.value(4),
    version: msh.value(12),
    sentAt: msh.value(7),
  };
};

const segmentOf = (line: string, separators: Separators): Hl7Segment => {
  const name = line.slice(0, 3);
  const split = line.split(separators.field);
  // MSH-1 is the field separator itself, so its fields stand one place later.
  const fields = name === 'MSH' ? ['MSH', separators.field, ...split.slice(1)] : split;
  return {
    name,
    repetitions: (field) => {
      const text = fields[field] ?? '';
      return text === '' ? 0 : text.split(separators.repetition).length;
    },
    value: (field, component = 1, repetition = 1) => {
      const text = (fields[field] ?? '').split(separators.repetition)[repetition - 1] ?? '';
      const part = (text.split(separators.component)[component - 1] ?? '').split(separators.subcomponent)[0] ?? '';
      return part === '""' ? '' : unescape(part, separators).trim();
    },
  };
};

/** HL7 v2.5.1 §2.7: \F\ \S\ \T\ \R\ \E\ and line breaks; highlighting and hexadecimal data are left out. */
const unescape = (text: string, { escape, field, component, repetition, subcomponent }: Separators): string => {
  if (!text.includes(escape)) return text;
  const words: Readonly<Record<string, string>> = {
    F: field,
    S: component,
    T: subcomponent,
    R: repetition,
    E: escape,
    '.br': '\n',
    '.sp': '\n',
  };
  const parts = text.split(escape);
  // Text and escape sequences take turns; a lone escape character is itself.
  if (parts.length % 2 === 0) return text;
  return parts.map((part, index) => (index % 2 === 0 ? part : (words[part] ?? ''))).join('');
};
