import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError } from '@jiapian/kernel';
import { fullSize, simulateExam, simulateMorning, smallSize, timeText, type ExamOrder } from '@jiapian/simulator';
import type { CommandIo, ExitCode } from './command.ts';
import { sendExam, type SentObject } from './send-exam.ts';

export const name = 'simulate';
export const usage =
  '--to HOST:PORT --aet AE [--exams N] [--seed S] [--defects RATE] [--day YYYYMMDD] [--size full|small] [--truth FILE]';
export const summary = {
  'zh-CN': '虚拟设备：生成并发送带已知缺陷的模拟检查；真值文件写明每幅图像的缺陷',
  en: 'virtual modality: makes and sends exams with known defects; the truth file says which image carries which',
};

const DEFAULT_EXAMS = 20;
const MOST_EXAMS = 10_000;
const DEFAULT_DEFECT_RATE = 0.2;
/** A morning without a seed ends now and began so long ago, s. */
const RECENT_S = 4 * 3600;

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const request = readRequest(args);
  const objects: SentObject[] = [];
  const orders = simulateMorning(request.seed, request);
  for (const [index, order] of orders.entries()) {
    const exam = simulateExam(order.seed, {
      ...order,
      procedure: order.procedure.id,
      device: order.device.id,
      size: request.size,
    });
    const sent = await sendExam(exam, { ...request.peer, callingAeTitle: order.device.aeTitle });
    objects.push(...sent);
    io.line(`${index + 1}/${orders.length} ${lineOf(order, sent)}`);
  }
  const refused = objects.filter(({ answer }) => answer === 'failure');
  const defective = objects.filter(({ defects }) => defects.length > 0);
  const totals = {
    exams: orders.length,
    objects: objects.length,
    defective: defective.length,
    refused: refused.length,
  };
  if (request.truth !== undefined) {
    await writeFile(
      request.truth,
      `${JSON.stringify({ seed: request.seed, day: request.day, ...totals, truth: objects }, null, 1)}\n`,
    );
  }
  for (const { sopInstanceUid, status } of refused) io.note(`refused: ${sopInstanceUid} status ${status.toString(16)}`);
  io.line(
    `seed ${request.seed}: ${totals.exams} exams, ${totals.objects} objects, ${totals.defective} with defects, ${totals.refused} refused`,
  );
  io.json({
    seed: request.seed,
    day: request.day,
    ...totals,
    ...(request.truth === undefined ? { truth: objects } : {}),
  });
  return refused.length === 0 ? 0 : 1;
};

const lineOf = (order: ExamOrder, sent: readonly SentObject[]): string => {
  const kinds = [...new Set(sent.flatMap(({ defects }) => defects.map(({ kind }) => kind)))];
  const time = timeText(order.startedAt.secondOfDay).replace(/(..)(..)(..)/, '$1:$2');
  return `${time} ${order.device.id} ${order.procedure.id} (${sent.length})${kinds.length > 0 ? ` ${kinds.join(', ')}` : ''}`;
};

const readRequest = (args: string[]) => {
  const { values } = parseArgs({
    args,
    options: {
      to: { type: 'string' },
      aet: { type: 'string' },
      exams: { type: 'string' },
      seed: { type: 'string' },
      defects: { type: 'string' },
      day: { type: 'string' },
      size: { type: 'string' },
      truth: { type: 'string' },
    },
  });
  const now = new Date();
  const today = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const day = values.day ?? today;
  if (!/^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(day)) throw badUse('--day is YYYYMMDD');
  if (values.size !== undefined && values.size !== 'full' && values.size !== 'small')
    throw badUse('--size is full or small');
  return {
    peer: { ...addressOf(values.to), calledAeTitle: aeTitleOf(values.aet) },
    exams: numberOf('exams', values.exams ?? String(DEFAULT_EXAMS), { most: MOST_EXAMS, isWhole: true }),
    defectRate: numberOf('defects', values.defects ?? String(DEFAULT_DEFECT_RATE), { most: 1, isWhole: false }),
    seed: values.seed ?? String(randomInt(1, 2 ** 31)),
    day,
    size: values.size === 'small' ? smallSize : fullSize,
    truth: values.truth,
    // With a seed the bytes must not depend on the clock, so the morning has its fixed hours.
    ...(values.seed === undefined && day === today ? recently(now) : {}),
  };
};

const recently = (now: Date): { fromSecond: number; toSecond: number } => {
  const toSecond = now.getHours() * 3600 + now.getMinutes() * 60 + now.getSeconds();
  return { fromSecond: Math.max(0, toSecond - RECENT_S), toSecond };
};

const addressOf = (to: string | undefined): { host: string; port: number } => {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(to ?? '') ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) throw badUse('--to is HOST:PORT');
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
};

/** PS3.5 §6.2: an AE is 1 to 16 characters of the default repertoire without backslash, not only spaces. */
const aeTitleOf = (aet: string | undefined): string => {
  if (aet === undefined || !/^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(aet) || aet.trim() === '')
    throw badUse('--aet is an AE title of 1 to 16 characters');
  return aet.trim();
};

const numberOf = (option: string, text: string, limits: { most: number; isWhole: boolean }): number => {
  const value = Number(text);
  const isGood =
    text.trim() !== '' && value >= 0 && value <= limits.most && (!limits.isWhole || Number.isInteger(value));
  if (!isGood)
    throw badUse(`--${option} is ${limits.isWhole ? 'a whole number' : 'a number'} from 0 to ${limits.most}`);
  return value;
};

const badUse = (reason: string): AppError => new AppError('COMMAND_USE_WRONG', { reason });
const two = (value: number): string => String(value).padStart(2, '0');
