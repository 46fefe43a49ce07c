import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { sample, samplesBelow } from '../../../../test/testkit/src/samples.ts';
import { encodeHl7Answer } from './hl7-answer.ts';
import { parseHl7 } from './hl7-message.ts';
import { decodeHl7 } from './hl7-text.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${String(error.facts['reason'])}` : error;
  }
  return 'nothing';
};
const read = (name: string) => parseHl7(decodeHl7(readFileSync(sample(name))).text);

describe('the character set of a message', () => {
  it('is GB 18030 when MSH-18 says so', () => {
    const { text, encoding } = decodeHl7(readFileSync(sample('hl7/zh-oru-r01-gb18030.hl7')));
    expect(encoding).toBe('gb18030');
    const obx = parseHl7(text).segments.filter(({ name }) => name === 'OBX');
    expect(obx.map((segment) => segment.value(5))).toEqual([
      '双肺纹理清晰,心影大小正常,双侧肋膈角锐利。',
      '心肺膈未见明显异常。',
      '甲级',
    ]);
  });

  it('is UTF-8 when MSH-18 says so', () => {
    expect(read('hl7/zh-adt-a04-utf8.hl7').sendingFacility).toBe('第一人民医院');
  });

  it('is guessed when nothing is declared, or something that the bytes are not', () => {
    const body = 'MSH|^~\\&|RIS|第一医院|||20260101||ADT^A04|1|P|2.4||||||';
    const gb = Buffer.concat([Buffer.from('MSH|^~\\&|RIS|', 'latin1'), Buffer.from([0xb5, 0xda, 0xd2, 0xbb])]);
    expect(decodeHl7(Buffer.from(`${body}`)).encoding).toBe('utf-8');
    expect(
      decodeHl7(Buffer.concat([gb, Buffer.from('|||20260101||ADT^A04|1|P|2.4|||||||UNICODE UTF-8')])),
    ).toMatchObject({
      encoding: 'gb18030',
      text: expect.stringContaining('第一') as string,
    });
  });

  it('may be a byte order mark before the header', () => {
    expect(read('hl7/ORM-O01-01.hl7').type).toBe('ORM^O01');
  });

  it('is refused when no encoding fits', () => {
    expect(codeOf(() => decodeHl7(Buffer.from('MSH|^~\\&|\xff\xff\xff', 'latin1')))).toBe(
      'HL7_UNREADABLE character-set',
    );
  });
});

describe('a message', () => {
  it.each(samplesBelow('hl7').map((file) => `hl7/${basename(file)}`))('of the collection can be read: %s', (name) => {
    const message = read(name);
    expect(message.type).toMatch(/^[A-Z]{3}\^[A-Z]\d\d$/);
    expect(message.controlId).not.toBe('');
  });

  it('gives fields, components and repetitions by the numbers of the standard', () => {
    const message = read('hl7/zh-orm-o01-dr-chest-utf8.hl7');
    const pid = message.first('PID');
    expect(pid?.repetitions(3)).toBe(2);
    expect(pid?.value(3, 5, 2)).toBe('NNCHN');
    expect(message.first('OBR')?.value(27, 6)).toBe('R');
  });

  it('gives escaped separators back as characters', () => {
    const message = parseHl7('MSH|^~\\&|A\\F\\B\\S\\C\\T\\D\\R\\E\\E\\F||||||ADT^A04|7|P|2.4');
    expect(message.sendingApplication).toBe('A|B^C&D~E\\F');
  });

  it.each([
    ['GET / HTTP/1.1', 'HL7_UNREADABLE no-msh'],
    ['', 'HL7_UNREADABLE no-msh'],
    ['MSH|^~\\&|A|B', 'HL7_UNREADABLE no-message-type'],
    [`MSH|^~\\&|A|B|||1||ADT^A04|1|P|2.4${'\rNTE|1'.repeat(2000)}`, 'HL7_UNREADABLE too-many-segments'],
  ])('that is none is refused: %s', (text, code) => {
    expect(codeOf(() => parseHl7(decodeHl7(Buffer.from(text)).text))).toBe(code);
  });
});

describe('an acknowledgement', () => {
  it('names the message and the verdict, and nothing of the patient', () => {
    const message = read('hl7/zh-orm-o01-dr-chest-utf8.hl7');
    const answer = encodeHl7Answer(
      message,
      { verdict: 'AE', errorCode: '101', text: 'HL7_FIELD_MISSING' },
      new Date('2026-11-24T08:00:00Z'),
    );
    expect(Buffer.from(answer).toString('latin1').split('\r')).toEqual([
      expect.stringMatching(/^MSH\|\^~\\&\|JIAPIAN\|\|RIS\|\|20261124080000\+0000\|\|ACK\^O01\|JP\d+-ZH0002\|P\|2\.4$/),
      'MSA|AE|ZH0002|HL7_FIELD_MISSING',
      'ERR|||101^Required field missing^HL70357|E||||HL7_FIELD_MISSING',
      '',
    ]);
  });
});
