import type { SheetPreview, SheetRequest } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { applicationsQuery } from '../intake/fetch-queries.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { pdfAddress, printOn } from './print-queries.ts';

const COPIES_MAX = 9;

/** What speaks against the sheet, and the two ways out: a printer, a document. */
export function SheetActions(props: {
  readonly preview: SheetPreview;
  readonly sheet: SheetRequest;
  readonly nameOf: (filmId: string | null) => string;
  readonly onAccept: (codes: readonly string[]) => void;
}) {
  const { t, i18n } = useTranslation('print');
  const { preview, sheet, nameOf } = props;
  const refused = preview.films.flatMap(({ filmId, refusal }) => (refusal === null ? [] : [{ filmId, refusal }]));
  const final = preview.faults.filter(({ isFinal }) => isFinal);
  const open = [...new Set(preview.faults.filter(({ isFinal }) => !isFinal).map(({ code }) => code))];
  const namesOf = (code: string) =>
    preview.faults
      .filter((fault) => fault.code === code && fault.filmId !== null)
      .map(({ filmId }) => nameOf(filmId))
      .join('、');
  const isReady =
    refused.length === 0 && final.length === 0 && open.every((code) => sheet.acceptedFaults.includes(code));
  return (
    <Card title={t('check')}>
      {refused.map(({ filmId, refusal }) => (
        <Alert key={filmId} type="error" showIcon title={`${nameOf(filmId)}: ${t(`refusal.${refusal}`)}`} />
      ))}
      {final.map(({ code }) => (
        <Alert key={code} type="error" showIcon title={t(`fault.${code}`)} />
      ))}
      <Checkbox.Group
        className="print-faults"
        value={sheet.acceptedFaults}
        onChange={props.onAccept}
        options={open.map((value) => ({
          value,
          label: [t(`fault.${value}`), namesOf(value)].filter((part) => part !== '').join(': '),
        }))}
      />
      {isReady ? null : <p className="hint">{t(open.length > 0 ? 'acceptHint' : 'refusedHint')}</p>}
      <Button
        type="primary"
        block
        disabled={!isReady}
        {...(isReady ? { href: pdfAddress(sheet, i18n.language), download: true } : {})}
      >
        {t('pdf')}
      </Button>
      <PrinterFields sheet={sheet} isReady={isReady} />
    </Card>
  );
}

function PrinterFields({ sheet, isReady }: { sheet: SheetRequest; isReady: boolean }) {
  const { t, i18n } = useTranslation('print');
  const { message } = App.useApp();
  const client = useQueryClient();
  const printers = useQuery(applicationsQuery);
  const [printerAeTitle, setPrinter] = useState<string>();
  const [copies, setCopies] = useState(1);
  const printing = useMutation({
    mutationFn: () =>
      printOn({
        ...sheet,
        printerAeTitle: printerAeTitle ?? '',
        copies,
        locale: i18n.language === 'en' ? 'en' : 'zh-CN',
      }),
    onSuccess: ({ printed }) => {
      void message.success(t('printed', { count: printed }));
      void client.invalidateQueries({ queryKey: ['exams'] });
    },
  });
  return (
    <div className="print-printer">
      <Select
        aria-label={t('printer')}
        placeholder={t('printer')}
        value={printerAeTitle}
        options={(printers.data ?? []).map(({ aeTitle }) => ({ value: aeTitle, label: aeTitle }))}
        onChange={setPrinter}
        notFoundContent={t('noPrinter')}
      />
      <InputNumber
        aria-label={t('copies')}
        min={1}
        max={COPIES_MAX}
        precision={0}
        value={copies}
        onChange={(value) => setCopies(value ?? 1)}
      />
      <Button
        disabled={!isReady || printerAeTitle === undefined}
        loading={printing.isPending}
        onClick={() => printing.mutate()}
      >
        {t('print')}
      </Button>
      {printing.isError ? <ProblemNotice problem={asProblem(printing.error)} /> : null}
    </div>
  );
}
