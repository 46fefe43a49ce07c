import fs from 'node:fs';
import path from 'node:path';
import { dictionaryEntry, rejectionTitles, storageSopClasses, type RejectionTitle } from '@jiapian/dicom';
import { serviceClasses, type ServiceClass } from '@jiapian/dicom/network';
import { defaultDimseLimits } from '../../apps/server/src/platform/dimse-limits.ts';
import { ofTheOrder, ofThePerson } from '../../apps/server/src/release/copy-elements.ts';
import { OPERATION_DATA_LIMIT_BYTES } from '../../apps/server/src/platform/dimse-operations.ts';
import type { Language } from './language.ts';

type Words = Readonly<Record<Language, string>>;

const yes: Words = { 'zh-CN': '有', en: 'yes' };
const no: Words = { 'zh-CN': '–', en: '–' };

/** The conformance statement: its prose as it stands, the tables between the marks from the tables of the code. */
export function conformancePage(root: string, language: Language): string {
  const file = path.join(
    root,
    'docs/integrate',
    language === 'en' ? 'dicom-conformance.en.md' : 'dicom-conformance.md',
  );
  const blocks: Readonly<Record<string, string>> = {
    services: servicesTable(language),
    storage: storageTable(language),
    limits: limitsTable(language),
    notes: notesTable(language),
    'left-out': leftOutTable(language),
  };
  return Object.entries(blocks).reduce(
    (text, [name, block]) =>
      text.replace(
        new RegExp(`(<!-- table: ${name} -->\n)[\\s\\S]*?(<!-- end: ${name} -->)`),
        (_, begin: string, end: string) => `${begin}\n${block}\n\n${end}`,
      ),
    fs.readFileSync(file, 'utf8'),
  );
}

function servicesTable(language: Language): string {
  const storage: ServiceClass = { uid: '', name: 'Storage', scu: true, scp: true, services: 'C-STORE' };
  const all: ServiceClass[] = [...Object.values(serviceClasses), storage];
  const head: Words = {
    'zh-CN': '| SOP 类 | UID | 服务 | SCU | SCP |\n| --- | --- | --- | --- | --- |',
    en: '| SOP class | UID | services | SCU | SCP |\n| --- | --- | --- | --- | --- |',
  };
  const below: Words = { 'zh-CN': '见“存储”', en: 'see "storage"' };
  const mark = (is: boolean): string => (is ? yes : no)[language];
  const rows = all.map(
    ({ name, uid, services, scu, scp }) =>
      `| ${name} | ${uid === '' ? below[language] : uid} | ${services} | ${mark(scu)} | ${mark(scp)} |`,
  );
  return [head[language], ...rows].join('\n');
}

function storageTable(language: Language): string {
  const head: Words = {
    'zh-CN': '| 存储 SOP 类 | UID |\n| --- | --- |',
    en: '| storage SOP class | UID |\n| --- | --- |',
  };
  return [head[language], ...storageSopClasses.map(({ name, uid }) => `| ${name} | ${uid} |`)].join('\n');
}

/** When a rejection note with each title is sent. */
const notesWhen: Readonly<Record<RejectionTitle, Words>> = {
  quality: { 'zh-CN': '片子评为废', en: 'a film is graded reject' },
  safety: {
    'zh-CN': '评为废且选“患者安全”;左右标记更正',
    en: 'a film is graded reject and "patient safety" is chosen; a side label is corrected',
  },
  worklist: {
    'zh-CN': '患者、检查号、患者合并或归属检查更正;评为废且选“工作列表选错”',
    en: 'patient, accession number, merged patients or exam are corrected; a film is graded reject and "wrong worklist entry" is chosen',
  },
  revoke: {
    'zh-CN': '撤销,目的地设为撤销通知(dcm4chee)',
    en: 'taken back, where the destination wants a revoke note (dcm4chee)',
  },
};

function notesTable(language: Language): string {
  const head: Words = {
    'zh-CN': '| 标题 | 代码 | 何时 |\n| --- | --- | --- |',
    en: '| title | code | when |\n| --- | --- | --- |',
  };
  const rows = Object.entries(rejectionTitles).map(
    ([title, { value, scheme, meaning }]) =>
      `| ${meaning} | ${value}, ${scheme} | ${notesWhen[title as RejectionTitle][language]} |`,
  );
  return [head[language], ...rows].join('\n');
}

/** Elements of a head that a corrected copy does not have. */
function leftOutTable(language: Language): string {
  const head: Words = {
    'zh-CN': '| 元素 | 何时去掉 |\n| --- | --- |',
    en: '| element | left out when |\n| --- | --- |',
  };
  const person: Words = { 'zh-CN': '患者是另一个人', en: 'it is another person' };
  const order: Words = { 'zh-CN': '患者或检查号更正', en: 'patient or accession number are corrected' };
  const line = (tag: number, when: Words): string => {
    const hex = tag.toString(16).padStart(8, '0').toUpperCase();
    return `| (${hex.slice(0, 4)},${hex.slice(4)}) ${dictionaryEntry(tag)?.keyword ?? ''} | ${when[language]} |`;
  };
  return [
    head[language],
    ...ofThePerson.map((tag) => line(tag, person)),
    ...ofTheOrder.map((tag) => line(tag, order)),
  ].join('\n');
}

const seconds = (ms: number, language: Language): string => `${ms / 1000} ${language === 'en' ? 's' : '秒'}`;
const mebibytes = (bytes: number): string => `${bytes / 1024 ** 2} MiB`;

function limitsTable(language: Language): string {
  const limits = defaultDimseLimits;
  const rows: readonly (readonly [Words, string])[] = [
    [{ 'zh-CN': '同时的关联', en: 'associations at once' }, String(limits.associations)],
    [
      { 'zh-CN': '同时的连接,超过的直接关闭', en: 'connections at once; one more is closed' },
      String(limits.connections),
    ],
    [{ 'zh-CN': '声明的最大 PDU(字节)', en: 'maximum PDU announced, bytes' }, String(limits.advertisedPduBytes)],
    [{ 'zh-CN': '实际能读的最大 P-DATA-TF', en: 'largest P-DATA-TF that is read' }, mebibytes(limits.acceptedPduBytes)],
    [
      { 'zh-CN': '存储以外一条消息的数据集', en: 'data set of one message besides storage' },
      mebibytes(OPERATION_DATA_LIMIT_BYTES),
    ],
    [
      {
        'zh-CN': '从连接到完整的 A-ASSOCIATE-RQ(ARTIM)',
        en: 'from connection to a complete A-ASSOCIATE-RQ (ARTIM)',
      },
      seconds(limits.artimMs, language),
    ],
    [{ 'zh-CN': '两个消息之间无声', en: 'silence between two messages' }, seconds(limits.idleMs, language)],
    [{ 'zh-CN': '消息中途无声', en: 'silence inside a message' }, seconds(limits.stalledMs, language)],
    [
      { 'zh-CN': '未应答的消息,超过则暂停读取', en: 'messages not answered yet, then reading pauses' },
      String(limits.outstandingMessages),
    ],
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([words, value]) => `| ${words[language]} | ${value} |`)].join('\n');
}
