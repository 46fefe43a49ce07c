import type { Hl7Message } from './hl7-message.ts';

/** HL7 table 0008: accepted, error (send again later helps or a person must look), rejected (never ours). */
export type Hl7Verdict = 'AA' | 'AE' | 'AR';

export interface Hl7Answer {
  verdict: Hl7Verdict;
  /** HL7 table 0357, for AE and AR. */
  errorCode?: Hl7ErrorCode;
  /** A code of the error catalogue; no patient data. */
  text?: string;
}

/** HL7 table 0357, as far as it is used. */
export const hl7ErrorWords = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '200': 'Unsupported message type',
  '203': 'Unsupported version id',
  '204': 'Unknown key identifier',
  '207': 'Application internal error',
} as const;
export type Hl7ErrorCode = keyof typeof hl7ErrorWords;

/** The acknowledgement (ACK), ASCII only, so that it is the same bytes in every character set. */
export const encodeHl7Answer = (
  message: Pick<Hl7Message, 'controlId' | 'sendingApplication' | 'sendingFacility' | 'type' | 'version'>,
  answer: Hl7Answer,
  now: Date,
): Uint8Array => {
  const at = now.toISOString().slice(0, 19).replace(/[-:T]/g, '');
  const trigger = message.type.split('^')[1] ?? '';
  const own = `JP${now.getTime()}${message.controlId === '' ? '' : `-${message.controlId}`}`.slice(0, 50);
  const segments = [
    `MSH|^~\\&|JIAPIAN||${ascii(message.sendingApplication)}|${ascii(message.sendingFacility)}|${at}+0000||ACK${
      trigger === '' ? '' : `^${ascii(trigger)}`
    }|${ascii(own)}|P|${ascii(message.version) || '2.5.1'}`,
    `MSA|${answer.verdict}|${ascii(message.controlId)}${answer.text === undefined ? '' : `|${ascii(answer.text)}`}`,
  ];
  if (answer.errorCode !== undefined) {
    segments.push(
      `ERR|||${answer.errorCode}^${hl7ErrorWords[answer.errorCode]}^HL70357|E||||${ascii(answer.text ?? '')}`,
    );
  }
  return Buffer.from(`${segments.join('\r')}\r`, 'latin1');
};

/** Names of applications go back as they came when they are ASCII; separators never do. */
const ascii = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text.replace(/[|^~\\&]/g, ' ') : '');
