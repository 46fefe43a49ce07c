import { parameterColumns } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Input, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { hospitalTime } from '../app/hospital-time.ts';
import { changeLocale, isLocale, locales } from '../app/i18n.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { consoleQuery } from './protocol-queries.ts';
import { type Kind, type Row, useProtocolWords } from './protocol-words.ts';
import './protocols.css';
import { CellWords } from './row-table.tsx';

const route = getRouteApi('/console/$code');
const languageNames = { 'zh-CN': '中文', en: 'English' } as const;

/** The table in force on a phone at the console: search a position, read its values. No account, no patient. */
export function ConsolePage() {
  const { t, i18n } = useTranslation('protocols');
  const { code } = route.useParams();
  const words = useProtocolWords();
  const time = hospitalTime(i18n.language, '');
  const [wanted, setWanted] = useState('');
  const found = useQuery({ ...consoleQuery(code), retry: false });
  if (found.isError)
    return (
      <main className="protocol-phone">
        <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} />
      </main>
    );
  if (!found.data)
    return (
      <main className="protocol-phone">
        <Skeleton active paragraph={{ rows: 8 }} />
      </main>
    );
  const { deviceName, hospitalName, version, inForceAt, signatures, content } = found.data;
  const rows = content.rows.filter((row) =>
    words.subjectAndPhase(row.subject, row.phase).toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <main className="protocol-phone">
      <header>
        <div>
          <h1>{deviceName}</h1>
          <p className="hint">
            {hospitalName} · {t('title')} {t('version', { version })} · {time.full(inForceAt)}
          </p>
        </div>
        <Segmented
          size="small"
          value={i18n.language}
          onChange={(value) => (isLocale(value) ? void changeLocale(value) : undefined)}
          options={locales.map((value) => ({ value, label: languageNames[value] }))}
        />
      </header>
      <Input.Search
        allowClear
        placeholder={t('phone.search')}
        aria-label={t('phone.search')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {rows.length === 0 ? <p className="secondary">{t('phone.none')}</p> : null}
      {rows.map((row) => (
        <PhoneRow key={row.rowId} kind={content.kind} row={row} />
      ))}
      <footer className="hint">
        {signatures.map(({ role, signerName, signedAt }) => (
          <p key={role}>
            {t(`role.${role}`)}: {signerName} {time.full(signedAt)}
          </p>
        ))}
        <p>{t('table.bySizeText')}</p>
      </footer>
    </main>
  );
}

function PhoneRow({ kind, row }: { kind: Kind; row: Row }) {
  const words = useProtocolWords();
  return (
    <details className="card protocol-phone-row">
      <summary>
        <strong>{words.subjectAndPhase(row.subject, row.phase)}</strong>
        <span className="hint">
          {words.className(row.ageClass)} · {words.className(row.sizeClass)}
        </span>
      </summary>
      <dl>
        {parameterColumns[kind]
          .filter(({ key }) => row.cells[key] !== undefined)
          .map((column) => (
            <div key={column.key}>
              <dt>{words.columnTitle(column)}</dt>
              <dd>
                <CellWords cell={row.cells[column.key]} />
              </dd>
            </div>
          ))}
      </dl>
      {row.note === '' ? null : <p>{row.note}</p>}
    </details>
  );
}
