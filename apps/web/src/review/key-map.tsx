import { Modal, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { KeyCap } from '../ui/key-cap.tsx';
import { capOf, keyCapsOf, keySets, type KeyAct, type KeySet } from './key-sets.ts';
import { useKeySet } from './use-key-set.ts';

type Line = readonly [words: string, caps: readonly string[]];

/** Every key of the workstation in the reader's set, and the choice of another; opened by `?`. */
export function KeyMap({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('review');
  const [set, choose] = useKeySet();
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('keys.title')} width={760} destroyOnHidden>
      <Segmented
        aria-label={t('keys.set')}
        value={set.code}
        onChange={choose}
        options={keySets.map(({ code }) => ({ value: code, label: t(`keys.sets.${code}`) }))}
      />
      <div className="key-map">
        {groupsOf(set).map(({ group, lines }) => (
          <section key={group}>
            <h3>{t(`keys.${group}.title`)}</h3>
            <dl>
              {lines.map(([words, caps]) => (
                <div key={words}>
                  <dt>
                    {caps.map((cap) => (
                      <KeyCap key={cap}>{cap}</KeyCap>
                    ))}
                  </dt>
                  <dd>{t(`keys.${group}.${words}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="hint">{t('keys.mouse')}</p>
    </Modal>
  );
}

const groupsOf = (set: KeySet): readonly { readonly group: string; readonly lines: readonly Line[] }[] => {
  const caps = (...acts: readonly KeyAct[]): readonly string[] => acts.flatMap((act) => keyCapsOf(set, act));
  const digits = (prefix: string, from: number, to: number): readonly string[] => [capOf(`${prefix}${from}`), `…${to}`];
  const letter = (key: string): string => capOf(set.deductionPrefix + key);
  return [
    {
      group: 'grade',
      lines: [
        ['grade', caps('grade-A', 'grade-B', 'grade-C', 'grade-reject')],
        ['save', caps('save')],
        ['undo', caps('undo')],
        ['deduct', [letter('Q'), letter('W'), '…', letter('V')]],
        ['veto', digits(set.deductionPrefix, 7, 9)],
        ['note', caps('note')],
        ['pause', caps('pause')],
      ],
    },
    {
      group: 'viewer',
      lines: [
        ['fit', caps('fit')],
        ['oneToOne', caps('one-to-one')],
        ['zoom', caps('zoom-in', 'zoom-out')],
        ['invert', caps('invert')],
        ['turn', caps('turn', 'turn-back', 'flip', 'flip-down')],
        ['presets', digits(set.presetPrefix, 1, 9)],
        ['layout', caps('layout-before', 'layout-after')],
        ['pane', caps('pane-before', 'pane-after')],
        ['reference', caps('reference')],
        ['mark', caps('mark')],
        ['hide', caps('hide-marks')],
        ['scroll', caps('image-before', 'image-after', 'image-first', 'image-last')],
        ['image', caps('series-before', 'series-after')],
        ['cine', caps('cine')],
      ],
    },
  ];
};
